import type { FolderFields } from '../../../../machines/index.ts';

/** A status as a coloured word; any other text as it is. */
export function Status({ status }: { readonly status: string }) {
  return (
    <span class="status" data-status={status}>
      {status}
    </span>
  );
}

/** Both fields of a folder, side by side, without their names. */
export function FieldPair({ fields }: { readonly fields: FolderFields }) {
  return (
    <span class="pair">
      <Status status={fields.resolution_status} />
      <span aria-hidden="true">·</span>
      <Status status={fields.system_resolution} />
    </span>
  );
}
