import { render } from 'preact';
import { App } from './app.tsx';
import { factsElement, type PageFacts } from './facts.ts';

const place = document.getElementById('page')!;
place.replaceChildren();
const facts = JSON.parse(document.getElementById(factsElement)!.textContent) as PageFacts;
render(<App facts={facts} />, place);
