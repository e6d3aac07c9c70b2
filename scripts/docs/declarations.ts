import { readFileSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { type Class, type Comment, parseSync, type Statement, type TSInterfaceDeclaration } from 'oxc-parser';

/** A property or a method as its declaration has it. */
export interface Member {
  name: string;
  /** Of a property; of a method its parameters and what it returns. */
  type: string;
  optional: boolean;
  doc: string;
  /** What stands behind `@default`. */
  byDefault: string | undefined;
}

/** An exported interface or class, with what it inherits from other files of the project. */
export interface Declaration {
  kind: 'interface' | 'class';
  name: string;
  doc: string;
  /** Of a package, which is documented there. */
  inherits: string[];
  properties: Member[];
  methods: Member[];
}

const root = new URL('../..', import.meta.url).pathname;

/** The public part of an exported interface or class, from its source. */
export function declarationOf(path: string, name: string): Declaration {
  const source = readFileSync(join(root, path), 'utf8');
  const { program, module, comments } = parseSync(path, source);
  const found = program.body.flatMap((statement) => declared(statement, name))[0];
  if (found === undefined) throw new Error(`${path} exports no interface or class ${name}`);
  const { node, start } = found;
  const text = ({ start, end }: { start: number; end: number }): string =>
    source.slice(start, end).replace(/\s+/g, ' ');
  const ancestors = parentsOf(node).map(text);
  const own = ancestors.flatMap((ancestor) => {
    const file = module.staticImports.find(({ entries }) =>
      entries.some(({ localName }) => localName.value === ancestor),
    );
    const from = file?.moduleRequest.value ?? '';
    return from.startsWith('.') ? [declarationOf(normalize(join(path, '..', from)), ancestor)] : [];
  });
  const members = membersOf(node).map((each) => ({ ...each, type: each.type === null ? '' : text(each.type) }));
  const documented = members.map(({ start, type, ...each }) => ({ ...each, type, ...docAt(comments, source, start) }));
  return {
    kind: node.type === 'TSInterfaceDeclaration' ? 'interface' : 'class',
    name,
    doc: docAt(comments, source, start).doc,
    inherits: ancestors.filter((ancestor) => own.every((each) => each.name !== ancestor)),
    properties: [...documented.filter(({ isMethod }) => !isMethod), ...own.flatMap(({ properties }) => properties)],
    methods: documented.filter(({ isMethod }) => isMethod),
  };
}

type Node = TSInterfaceDeclaration | Class;

function declared(statement: Statement, name: string): { node: Node; start: number }[] {
  if (statement.type !== 'ExportNamedDeclaration') return [];
  const { declaration, start } = statement;
  const isOne = declaration?.type === 'TSInterfaceDeclaration' || declaration?.type === 'ClassDeclaration';
  return isOne && declaration.id?.name === name ? [{ node: declaration, start }] : [];
}

function parentsOf(node: Node): { start: number; end: number }[] {
  if (node.type === 'TSInterfaceDeclaration') return node.extends.map(({ expression }) => expression);
  return [
    ...(node.superClass === null ? [] : [node.superClass]),
    ...(node.implements ?? []).map(({ expression }) => expression),
  ];
}

interface Found {
  name: string;
  type: { start: number; end: number } | null;
  optional: boolean;
  isMethod: boolean;
  start: number;
}

function membersOf(node: Node): Found[] {
  return node.body.body.flatMap((member): Found[] => {
    if (member.type === 'TSPropertySignature' || member.type === 'PropertyDefinition') {
      const isHidden = member.type === 'PropertyDefinition' && member.accessibility === 'private';
      if (isHidden || member.key.type !== 'Identifier') return [];
      const { key, optional = false, typeAnnotation, start } = member;
      return [{ name: key.name, type: typeAnnotation?.typeAnnotation ?? null, optional, isMethod: false, start }];
    }
    if (member.type !== 'MethodDefinition' || member.kind !== 'method' || member.accessibility === 'private') return [];
    if (member.key.type !== 'Identifier') return [];
    const { key, value, start } = member;
    const type = { start: value.start, end: value.returnType?.end ?? value.start };
    return [{ name: key.name, type, optional: false, isMethod: true, start }];
  });
}

/** The comment that ends where something begins. */
function docAt(comments: Comment[], source: string, start: number): Pick<Member, 'doc' | 'byDefault'> {
  const comment = comments.find(
    ({ end, value }) => end < start && value.startsWith('*') && source.slice(end, start).trim() === '',
  );
  const lines = (comment?.value ?? '').split('\n').map((line) => line.replace(/^\s*\*+ ?/, '').trim());
  const [doc = '', byDefault] = lines.join(' ').trim().split(' @default ');
  return { doc: doc.trim(), byDefault: byDefault?.replace(/^- /, '') };
}
