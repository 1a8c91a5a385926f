import { expect, test } from '../project.js';
import { resolutionsOf, writeTypeProject } from '../type-project.js';

/** The first that is promised, some between, and the newest of each. */
const VERSIONS = ['5.0.4', '5.4.5', '5.9.3', '6.0.3', '7.0.2'] as const;

for (const version of VERSIONS) {
  const majorVersion = Number.parseInt(version, 10);

  test(`TypeScript ${version} reads the declarations of every entry`, async ({ createProject }) => {
    test.setTimeout(300_000);
    const project = await createProject({ packages: { typescript: version } });
    for (const resolution of resolutionsOf(majorVersion)) {
      await test.step(`looking for packages as ${resolution}`, async () => {
        const tsconfig = await writeTypeProject(project, resolution, majorVersion);
        const run = await project.run('typescript/bin/tsc', '-p', tsconfig);
        expect(run).toEqual({ code: 0, output: '' });
      });
    }
  });
}
