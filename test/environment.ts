/**
 * What whoever runs the tests has set for other programs: colours, settings of this one, proxies, and what Git sets for
 * its hooks. The programs that tests start do not get it.
 */
const foreign = /^(?:FORCE_COLOR|NO_COLOR|COLUMNS|OZ_\w+|GIT_\w+|(?:https?|all|no)_proxy)$/i;

for (const name of Object.keys(process.env)) if (foreign.test(name)) delete process.env[name];
