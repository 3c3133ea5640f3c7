/** The text of a file, or what is wrong: a folder that is dropped looks like a file, and a file may be gone by now. */
export async function textOf(file: Blob): Promise<string | { readonly problem: string }> {
  try {
    return await file.text();
  } catch {
    return { problem: 'expected a file, received something that cannot be read' };
  }
}
