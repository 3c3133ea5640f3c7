/** Changes that leave every behaviour as it is, by a part of their label, each with the reason. */
const equivalent = [
  {
    part: '{ context: {} as AnalysisInput, input: {} as AnalysisInput | undefined',
    reason: 'it stands for types and holds nothing that is read',
  },
  {
    part: 'finished || resolution === stateOf(resolution) → true',
    reason: 'the state that belongs to a resolution is FINISHED or the same',
  },
  {
    part: 'src/explore/readings/effort.ts:171:19 parts.size === 1 → false',
    reason: 'the same candidates have the same number',
  },
  {
    part: 'after.groups.length >= before.groups.length → true',
    reason: 'a group that is gone is missed at its place',
  },
  {
    part: 'order.indexOf(member) < order.indexOf(best) with <=',
    reason: 'of two equal statuses either is the worst',
  },
  {
    part: 'order.indexOf(member) < order.indexOf(best) → order.indexOf(member) <= order.indexOf(best)',
    reason: 'of two equal statuses either is the worst',
  },
  {
    part: 'explaining.slice(at + 1) → explaining',
    reason:
      'each pair is looked at from both sides, which differ in the same questions, and none is made with itself',
  },
  {
    part: 'src/conformance/folder/explanations.ts:90:42 mark === 0 → false',
    reason: 'a belief is cut to states in which every analysis that was named is posted',
  },
  {
    part: 'src/conformance/belief/successors.ts:81:29 ({ state }) => tooMany(waitingIn(state, ahead), facts, admits, rules) → () => undefined',
    reason:
      'the choices among so many parts are more states than are searched, which ends the search as limited',
  },
  {
    part: 'src/conformance/belief/successors.ts:206:19 group.unnamed !== unnamed.no || unknownIn(state, group).length > 0 → true',
    reason: 'a failure that no member can hold has no canonical form: it only takes time',
  },
  {
    part: 'src/conformance/check/folders.ts:200:9 this.#folders.get(folder, field.course) === alone → false',
    reason: 'the step that follows looks at the course as well, later',
  },
  {
    part: 'src/conformance/check/folders.ts:204:9 course === alone → true',
    reason: 'a folder that is followed by itself is told the same as on a course, which only takes less time',
  },
  {
    part: 'src/conformance/check/folders.ts:293:9 end.findings.length > 0 → end.findings.length >= 0',
    reason: 'a check under the names of the folder says the same as the end of its course, more slowly',
  },
  {
    part: 'src/observations/packed/byte-table.ts:13:70 true → false',
    reason: 'four whole bytes in the other order give another hash, on which no result depends',
  },
];

/** Why the change with that label changes nothing; undefined where it does change something. */
export const equivalentOf = (label) => equivalent.find(({ part }) => label.includes(part))?.reason;
