import { JSDOM } from 'jsdom';

/** A state or a transition as the document has it. */
export interface ReadDocument {
  readonly states: readonly {
    readonly id: string | null;
    readonly parent: string | null;
    readonly initial: string | null;
    readonly element: string;
  }[];
  readonly transitions: readonly {
    readonly source: string | null;
    readonly event: string | null;
    readonly hasCondition: boolean;
    readonly targets: readonly string[];
    readonly internal: boolean;
    readonly actions: number;
  }[];
}

/** Reads an SCXML document with a parser of XML that is not ours, in document order. */
export function readDocument(text: string): ReadDocument {
  const { document } = new JSDOM(text, { contentType: 'application/xml' }).window;
  const idOf = (element: Element | null) => element?.getAttribute('id') ?? null;
  return {
    states: [...document.querySelectorAll('state, parallel, final')].map((state) => ({
      id: idOf(state),
      parent: idOf(state.parentElement),
      initial: state.getAttribute('initial'),
      element: state.localName,
    })),
    transitions: [...document.querySelectorAll('transition')].map((transition) => ({
      source: idOf(transition.parentElement),
      event: transition.getAttribute('event'),
      hasCondition: transition.hasAttribute('cond'),
      targets: (transition.getAttribute('target') ?? '').split(' ').filter((id) => id !== ''),
      internal: transition.getAttribute('type') === 'internal',
      actions: transition.childElementCount,
    })),
  };
}
