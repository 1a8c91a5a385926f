import { fileURLToPath } from 'node:url';

import { expect, test } from 'playwright/test';
import ts from 'typescript';

import { INTERNAL_NAMES } from '../../scripts/internal-names.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SOURCES = `${ROOT}src/`;

/** What a page is given or gives, what is stored, and what travels. */
const SEEN_OUTSIDE = new Set(
  `Tracker Stats TrackerOptions TrackerError ConfigError DraftEvent FlushResult People Group IdentityRecord QueuedRecord
  Kept WireEvent Stub`.split(/\s+/),
);

/** Every property that the client's sources read or give, with where it is declared. */
function* propertiesUsed() {
  const { config } = ts.readConfigFile(`${ROOT}tsconfig.json`, ts.sys.readFile.bind(ts.sys));
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const program = ts.createProgram(fileNames, options);
  const checker = program.getTypeChecker();
  const symbolOf = (node: ts.Node): ts.Symbol | undefined => {
    if (ts.isPropertyAccessExpression(node)) return checker.getSymbolAtLocation(node.name);
    if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent)) {
      const name = (node.propertyName ?? node.name).getText();
      return checker.getPropertyOfType(checker.getTypeAtLocation(node.parent), name);
    }
    if (ts.isObjectLiteralElementLike(node) && ts.isObjectLiteralExpression(node.parent)) {
      const wanted = checker.getContextualType(node.parent);
      if (!wanted || !node.name) return undefined;
      return checker.getPropertyOfType(checker.getNonNullableType(wanted), node.name.getText());
    }
    return undefined;
  };
  function* walk(node: ts.Node): Generator<ts.Symbol> {
    const symbol = symbolOf(node);
    if (symbol) yield symbol;
    const children: ts.Node[] = [];
    ts.forEachChild(node, (child) => void children.push(child));
    for (const child of children) yield* walk(child);
  }
  for (const file of program.getSourceFiles())
    if (file.fileName.startsWith(SOURCES)) yield* walk(file);
}

const ownerOf = ({ parent }: ts.Declaration): string =>
  ts.isInterfaceDeclaration(parent) || ts.isClassDeclaration(parent)
    ? (parent.name?.text ?? '')
    : '';

test('a name that the build shortens is declared by the client alone, and seen by it alone', () => {
  const internal = new Set(INTERNAL_NAMES);
  const used = new Set<string>();
  const wrong = new Set<string>();
  for (const { name, declarations = [] } of propertiesUsed()) {
    if (!internal.has(name)) continue;
    used.add(name);
    for (const declaration of declarations) {
      const isOurs = declaration.getSourceFile().fileName.startsWith(SOURCES);
      if (!isOurs || SEEN_OUTSIDE.has(ownerOf(declaration))) wrong.add(name);
    }
  }
  expect([...wrong]).toEqual([]);
  expect(INTERNAL_NAMES.filter((name) => !used.has(name))).toEqual([]);
});
