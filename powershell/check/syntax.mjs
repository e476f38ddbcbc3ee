// Ways through a tree of the parser.

export function* nodes(node, types) {
  if (types.includes(node.type)) {
    yield node
  }
  for (const child of node.children) {
    yield* nodes(child, types)
  }
}

export const first = (node, types) => nodes(node, types).next().value

export const variableName = (node) => node.text.replace(/^[$@]\{?/, '').replace(/}$/, '').toLowerCase()

// What a command is called with, in order: its parameters and its values. To the parser, what a method in a value is
// called with is no part of that value.
const noElement = ['command_argument_sep', 'redirection', 'argument_list']

export const elements = (command) =>
  (first(command, ['command_elements'])?.children ?? [])
    .filter((child) => child.isNamed && !noElement.includes(child.type))

export const isParameter = (element) => element.type === 'command_parameter'

export const isSplat = (element) => element.text.startsWith('@') && /^@\w+$/.test(element.text)
