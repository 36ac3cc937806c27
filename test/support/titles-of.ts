import ts from 'typescript';

const CALLS = new Set(['describe', 'it', 'test']);

/**
 * What the tests of a file that are run are called: the titles of `describe` and `it`, and the texts of the tables of
 * `each` from which their names are made. What is skipped has no title here.
 */
export function titlesOf(source: string): readonly string[] {
  const file = ts.createSourceFile('tests.ts', source, ts.ScriptTarget.Latest, true);
  const titles: string[] = [];
  const visit = (node: ts.Node): void => {
    const modifiers = ts.isCallExpression(node) ? modifiersOf(node.expression) : null;
    if (modifiers?.some((name) => name === 'skip' || name === 'todo') === true) return;
    if (ts.isCallExpression(node) && modifiers !== null) titles.push(...textsIn(node.arguments[0], file));
    ts.forEachChild(node, visit);
  };
  visit(file);
  return titles;
}

/** The names behind `it` in `it.skip`, `it.each(table)`, and in what these give; null for a call of anything else. */
function modifiersOf(callee: ts.Expression): readonly string[] | null {
  if (ts.isIdentifier(callee)) return CALLS.has(callee.text) ? [] : null;
  if (ts.isCallExpression(callee)) return modifiersOf(callee.expression);
  if (!ts.isPropertyAccessExpression(callee)) return null;
  const before = modifiersOf(callee.expression);
  return before === null ? null : [...before, callee.name.text];
}

/** Every text in an expression; a table that has a name is looked up in the file. */
function textsIn(node: ts.Node | undefined, file: ts.SourceFile): readonly string[] {
  if (node === undefined) return [];
  if (ts.isIdentifier(node)) return textsIn(declarationOf(node.text, file), file);
  const texts: string[] = [];
  const visit = (part: ts.Node): void => {
    if (ts.isStringLiteralLike(part) || ts.isTemplateHead(part) || ts.isTemplateMiddleOrTemplateTail(part))
      texts.push(part.text);
    ts.forEachChild(part, visit);
  };
  visit(node);
  return texts;
}

function declarationOf(name: string, file: ts.SourceFile): ts.Expression | undefined {
  const declarations = file.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => declarationList.declarations);
  return declarations.find((declaration) => ts.isIdentifier(declaration.name) && declaration.name.text === name)
    ?.initializer;
}
