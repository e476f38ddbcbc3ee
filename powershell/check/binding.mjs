// How PowerShell binds what a call says to the parameters of a function: by name, by position, from the pipeline. What
// is bound leaves some of the parameter sets; of several, the default one is taken, else the only one of which nothing
// mandatory is missing. The rules are those of the engine's CmdletParameterBinderController.
import { elements, first, isParameter, isSplat, nodes, variableName } from './syntax.mjs'

const commonSwitches = ['verbose', 'debug']
const common = ['erroraction', 'errorvariable', 'warningaction', 'warningvariable', 'outvariable']
const shouldProcess = ['whatif', 'confirm']

// --- What a function declares

export function functionsOf(root) {
  return [...nodes(root, ['function_statement'])].map((node) => {
    const block = first(node, ['param_block'])
    const own = attributes(block)
    const parameters = block ? [...nodes(block, ['script_parameter'])].map(declared) : []
    placeInOrder(parameters)
    const cmdletBinding = own.find((one) => one.name === 'CmdletBinding')?.values ?? {}
    return {
      node,
      name: first(node, ['function_name']).text,
      aliases: own.filter((one) => one.name === 'Alias').flatMap((one) => one.texts),
      output: own.find((one) => one.name === 'OutputType')?.texts[0],
      parameters,
      defaultSet: cmdletBinding.DefaultParameterSetName ?? null,
      asksFirst: 'SupportsShouldProcess' in cmdletBinding,
    }
  })
}

function declared(node) {
  const own = attributes(node)
  const sets = own.filter((one) => one.name === 'Parameter').map(({ values }) => ({
    set: values.ParameterSetName ?? null,
    isMandatory: 'Mandatory' in values,
    position: 'Position' in values ? Number(values.Position) : null,
    byValue: 'ValueFromPipeline' in values,
    byName: 'ValueFromPipelineByPropertyName' in values,
  }))
  return {
    name: variableName(node.children.find((child) => child.type === 'variable')),
    aliases: own.filter((one) => one.name === 'Alias').flatMap((one) => one.texts.map((text) => text.toLowerCase())),
    type: own.find((one) => one.isType)?.name ?? '[object]',
    sets: sets.length ? sets : [{ set: null, isMandatory: false, position: null, byValue: false, byName: false }],
  }
}

// Places follow the order only where nobody named a place or a set.
function placeInOrder(parameters) {
  const isPlain = parameters.every(({ sets }) => sets.every((one) => one.set === null && one.position === null))
  if (isPlain) {
    parameters.filter((one) => !isSwitch(one)).forEach((one, place) => { one.sets[0].position = place })
  }
}

const isSwitch = (parameter) => parameter.type === '[switch]'

function attributes(node) {
  const list = node?.children.find((child) => child.type === 'attribute_list')
  return (list?.children ?? []).filter((child) => child.type === 'attribute').map((attribute) => {
    const values = {}
    const texts = []
    for (const argument of nodes(attribute, ['attribute_argument'])) {
      const [key, ...rest] = argument.text.split('=')
      const value = rest.join('=').trim().replace(/^'|'$/g, '')
      if (argument.text.startsWith("'")) {
        texts.push(argument.text.replace(/^'|'$/g, ''))
      } else {
        values[key.trim()] = value
      }
    }
    const name = first(attribute, ['attribute_name'])
    return { name: name?.text ?? attribute.text, isType: !name, values, texts }
  })
}

// --- What a call says

// What is wrong with a call, and which values its parameters get. Of what comes through the pipeline, piped has the
// properties: null when there is no pipe, undefined when nobody knows.
export function bind(called, command, piped) {
  const complaints = []
  const bound = new Map()
  const places = []
  let isSplatted = false
  const given = elements(command)
  for (let at = 0; at < given.length; at++) {
    const element = given[at]
    if (isSplat(element)) {
      isSplatted = true
    } else if (!isParameter(element)) {
      places.push(element)
    } else {
      const text = element.text.slice(1).toLowerCase()
      const takesNone = commonSwitches.includes(text) || (called.asksFirst && shouldProcess.includes(text))
      const parameter = find(called, text)
      if (!parameter && !takesNone && !common.includes(text)) {
        complaints.push(`${called.name} has no parameter ${element.text}`)
        continue
      }
      const isGivenOne = element.nextSibling?.text === ':'
      if (isGivenOne || !(takesNone || (parameter && isSwitch(parameter)))) {
        at++
        if (at >= given.length || isParameter(given[at])) {
          complaints.push(`${element.text} of ${called.name} has no value`)
        }
      }
      if (parameter && bound.has(parameter)) {
        complaints.push(`${element.text} of ${called.name} is there twice`)
      }
      if (parameter) {
        bound.set(parameter, given[at])
      }
    }
  }
  if (complaints.length === 0) {
    complaints.push(...bindRest(called, bound, places, piped, isSplatted))
  }
  return { complaints, bound }
}

function find(called, text) {
  const begins = called.parameters.filter((one) => one.name.startsWith(text))
  return called.parameters.find((one) => one.name === text || one.aliases.includes(text)) ??
    (begins.length === 1 ? begins[0] : undefined)
}

function bindRest(called, bound, places, piped, isSplatted) {
  let sets = narrowed(called, setsOf(called), [...bound.keys()])
  if (sets.length === 0) {
    const names = [...bound.keys()].map((one) => '-' + one.name).join(', ')
    return [`no parameter set of ${called.name} has ${names}`]
  }
  const placed = place(called, sets, bound, places)
  if (!placed) {
    return [`${called.name} does not take ${places.length} values without a name here`]
  }
  placed.forEach((parameter, at) => bound.set(parameter, places[at]))
  sets = narrowed(called, sets, placed)

  const pipedInto = piped === null ? [] : fromPipeline(called, sets, bound, piped)
  if (piped !== null && piped !== undefined && pipedInto.length === 0) {
    return [`nothing of what is piped into ${called.name} is for one of its parameters`]
  }
  if (isSplatted || piped === undefined) {
    return []
  }
  sets = narrowed(called, sets, pipedInto)
  const isThere = (parameter) => bound.has(parameter) || pipedInto.includes(parameter)
  const missing = (set) => called.parameters.filter((one) => inSet(one, set)?.isMandatory && !isThere(one))
  const whole = sets.filter((set) => missing(set).length === 0)
  const chosen = sets.includes(called.defaultSet) ? called.defaultSet : whole.length === 1 ? whole[0] : sets[0]
  if (sets.length > 1 && chosen !== called.defaultSet && whole.length !== 1) {
    return [`nobody can tell which parameter set of ${called.name} is meant: ${sets.join(', ')}`]
  }
  return missing(chosen).map((one) => `${called.name} needs -${one.name}`)
}

// All names of sets, the default's too; one without a name where there is none.
function setsOf(called) {
  const names = called.parameters.flatMap((one) => one.sets.map(({ set }) => set)).concat(called.defaultSet)
  const named = [...new Set(names)].filter((name) => name !== null)
  return named.length ? named : [null]
}

const inSet = (parameter, set) => parameter.sets.find((one) => one.set === null || one.set === set)

const narrowed = (called, sets, parameters) =>
  sets.filter((set) => parameters.every((parameter) => inSet(parameter, set)))

// The default set has the first say on what a place means.
function place(called, sets, bound, places) {
  const inOrder = [...sets].sort((one, other) => (other === called.defaultSet) - (one === called.defaultSet))
  for (const set of inOrder) {
    const free = called.parameters
      .filter((one) => !bound.has(one) && inSet(one, set)?.position !== null && inSet(one, set) !== undefined)
      .sort((one, other) => inSet(one, set).position - inSet(other, set).position)
    if (free.length >= places.length) {
      return free.slice(0, places.length)
    }
  }
}

// As a whole first, then by its properties; the default set goes before the others.
function fromPipeline(called, sets, bound, piped) {
  const rounds = sets.includes(called.defaultSet) ? [[called.defaultSet], sets] : [sets]
  for (const round of rounds) {
    const open = called.parameters.filter((one) => !bound.has(one))
    const whole = open.filter((one) => round.some((set) => inSet(one, set)?.byValue))
    const parts = open.filter((one) => round.some((set) => inSet(one, set)?.byName) &&
      (piped === undefined || [one.name, ...one.aliases].some((name) => piped.includes(name))))
    if (whole.length || parts.length) {
      return whole.length ? whole : parts
    }
  }
  return []
}
