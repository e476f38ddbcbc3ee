// What the variables of a script hold, as far as cmdlets of the module gave it: which properties it has, and where it
// can be handed on.
import { bind } from './binding.mjs'
import { elements, first, isParameter, nodes, variableName } from './syntax.mjs'

// What every object has.
const intrinsic = ['count', 'length', 'psobject']
// What hands on what it was given.
const passing = ['where-object', 'select-object', 'sort-object', 'write-output']

// The properties of each type of the module, in small letters: those of literals with a PSTypeName, and those that are
// set before New-Info gives a table its type.
export function propertiesOf(roots) {
  const types = new Map()
  const add = (type, names) =>
    types.set(type, [...(types.get(type) ?? []), ...names.map((name) => name.toLowerCase())])
  for (const root of roots) {
    for (const table of nodes(root, ['hash_literal_body'])) {
      const entries = table.children.filter((child) => child.type === 'hash_entry')
      const named = entries.find((entry) => key(entry) === 'PSTypeName')
      if (named) {
        add(named.text.split("'")[1], entries.map(key).filter((name) => name !== 'PSTypeName'))
      }
    }
    for (const one of nodes(root, ['function_statement'])) {
      const given = /New-Info '([\w.]+)' \$(\w+)/.exec(one.text)
      if (given) {
        const assigned = [...one.text.matchAll(new RegExp(`\\$${given[2]}\\.(\\w+) = `, 'g'))].map((match) => match[1])
        const literal = first(one, ['hash_literal_body'])
        const entries = (literal?.children ?? []).filter((child) => child.type === 'hash_entry').map(key)
        add(given[1], [...entries, ...assigned])
      }
    }
  }
  return types
}

const key = (entry) => first(entry, ['key_expression']).text

// Follows a script from its beginning to its end, and says what is wrong with its calls and with the properties that it
// reads. What variables hold is kept in held, for the scripts that go on from there.
export function follow(root, functions, properties, held, complain) {
  const known = new Map(functions.flatMap((one) => [one.name, ...one.aliases].map((name) => [name.toLowerCase(), one])))

  function visit(node) {
    switch (node.type) {
      case 'assignment_expression': {
        const value = node.childForFieldName('value')
        const type = value && visit(value)
        node.children.filter((child) => child.id !== value?.id).forEach(visit)
        if (/^\$\w+$/.test(node.children[0].text)) {
          held.set(variableName(node.children[0]), type)
        }
        return undefined
      }
      case 'foreach_statement': {
        const variable = node.children.find((child) => child.type === 'variable')
        const over = node.children.find((child) => child.type === 'pipeline')
        held.set(variableName(variable), over && visit(over))
        node.children.filter((child) => child.id !== over?.id).forEach(visit)
        return undefined
      }
      case 'pipeline_chain':
        return pipeline(node)
      case 'member_access':
        read(node)
        node.children.forEach(visit)
        return undefined
      case 'variable':
        return held.get(variableName(node))
      default: {
        const types = node.children.map(visit)
        return node.namedChildCount === 1 ? types.find((type) => type !== undefined) : undefined
      }
    }
  }

  function pipeline(node) {
    let type
    let isFirst = true
    for (const part of node.children.filter((child) => child.isNamed)) {
      type = part.type === 'command' ? command(part, isFirst ? null : type, isFirst) : visit(part)
      isFirst = false
    }
    return type
  }

  function command(node, pipedType, isFirst) {
    node.children.forEach(visit)
    const name = first(node, ['command_name'])?.text.toLowerCase()
    if (passing.includes(name)) {
      const given = elements(node).find((element) => !isParameter(element))
      return isFirst && given ? held.get(variableName(given)) : pipedType
    }
    const called = known.get(name)
    if (!called) {
      return undefined
    }
    const { complaints, bound } = bind(called, node, isFirst ? null : properties.get(pipedType))
    complaints.forEach((one) => complain(node, one))
    for (const [parameter, value] of bound) {
      const type = /^\$\w+$/.test(value.text) ? held.get(variableName(value)) : undefined
      if (properties.has(type) && !/^\[object(\[\])?\]$/.test(parameter.type)) {
        complain(node, `${value.text} is an ${type}, and -${parameter.name} takes a ${parameter.type}`)
      }
    }
    return called.output
  }

  function read(node) {
    const [object, , member] = node.children
    const type = object.type === 'variable' ? held.get(variableName(object)) : undefined
    const name = member?.text.toLowerCase()
    if (properties.has(type) && ![...properties.get(type), ...intrinsic].includes(name)) {
      complain(node, `an ${type} has no ${member.text}`)
    }
  }

  visit(root)
}
