/** Diagrams made from the machines and from the explored folder: SVG, PNG, Mermaid and JSON. */
export * from './render.ts';
export { describeMachine, callText, clausesOf, apiOf, maxStates } from './facts/statechart.ts';
export type { Call, Json, StateDescription, Statechart, TransitionDescription } from './facts/statechart.ts';
export { machineFigure } from './figure/machine-figure.ts';
export { drawFigure } from './figure/draw-figure.ts';
export { elementId, writeSvg, defaultSvgOptions } from './scene/svg.ts';
export type { SvgOptions } from './scene/svg.ts';
export type { Scene } from './scene/scene.ts';
export { machineMermaid, pairsMermaid, sequenceMermaid, severityMermaid } from './mermaid.ts';
export { machineDocument, machineNames } from './facts/machine-document.ts';
export type { MachineDocument, MachineName } from './facts/machine-document.ts';
export { machineSchema } from './facts/machine-schema.ts';
export { createPairExplorer, pairBounds } from './facts/pairs.ts';
export type { Pair, PairGraph, PairMove } from './facts/pairs.ts';
export { sequenceOf, sequenceScene } from './sequence.ts';
export type { Sequence, SequenceStep } from './sequence.ts';
export { diagramProblemCodes } from './facts/problem.ts';
export type { DiagramProblem, DiagramProblemCode, Outcome } from './facts/problem.ts';
