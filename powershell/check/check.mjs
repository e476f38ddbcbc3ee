// Reads the module, its tests and the scripts of the documentation with a parser, and says what cannot be right:
// text that is no PowerShell, calls of functions and parameters that do not exist, variables that nothing sets or
// nobody reads. What PowerShell would only notice when a line runs, this notices without PowerShell.
//
//   npm ci --ignore-scripts && node check.mjs [FOLDER]
//
// With a folder of articles, the scripts in them are looked at, too: their indented lines that are about cmdlets of
// the module. A command that an article breaks into lines without a backtick is joined again.
import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Language, Parser } from 'web-tree-sitter'

const here = dirname(fileURLToPath(import.meta.url))
const root = join(here, '../..')
const module = join(root, 'powershell/ElasticDatabaseJobs')
const guides = [join(root, 'docs/how-to/powershell.md')]

// What the module calls of PowerShell's own, with the parameters it names.
const builtIn = {
  'Add-Member': ['MemberType', 'Name', 'Value'],
  'ConvertFrom-Json': ['InputObject'],
  'ConvertTo-Json': ['InputObject', 'Depth', 'Compress'],
  'ForEach-Object': [],
  'Get-ChildItem': ['LiteralPath', 'Filter'],
  'Get-Command': ['Name'],
  'Invoke-WebRequest': [],
  'Join-Path': [],
  'Select-Object': ['First', 'Skip', 'Unique'],
  'Sort-Object': [],
  'Test-Path': ['LiteralPath'],
  'Where-Object': [],
  'Write-Progress': ['Activity', 'Status', 'PercentComplete', 'Completed'],
  'Write-Verbose': [],
  'Write-Warning': [],
}
const common = [
  'verbose', 'debug', 'erroraction', 'errorvariable', 'warningaction', 'warningvariable', 'whatif', 'confirm',
]
const automatic = [
  '_', 'this', 'null', 'true', 'false', 'home', 'iswindows', 'pscmdlet', 'psboundparameters', 'psscriptroot',
  'psversiontable', 'executioncontext', 'progresspreference',
]

await Parser.init()
const parser = new Parser()
parser.setLanguage(
  await Language.load(join(here, 'node_modules/tree-sitter-powershell/tree-sitter-powershell.wasm')))

const complaints = []

function parse(text, name) {
  const tree = parser.parse(text)
  const broken = (node) => {
    if (node.isError || node.isMissing) {
      complain(name, node, `cannot be read: ${node.text.split('\n')[0]}`)
      return
    }
    node.children.filter((child) => child.hasError || child.isMissing).forEach(broken)
  }
  broken(tree.rootNode)
  return tree.rootNode
}

function complain(name, node, what) {
  complaints.push(`${name}:${node.startPosition.row + 1}: ${what}`)
}

function* nodes(node, types) {
  if (types.includes(node.type)) {
    yield node
  }
  for (const child of node.children) {
    yield* nodes(child, types)
  }
}

const first = (node, types) => nodes(node, types).next().value
const variableName = (node) => node.text.replace(/^[$@]\{?/, '').replace(/}$/, '').toLowerCase()

// --- Functions and their parameters

function functionsOf(root) {
  return [...nodes(root, ['function_statement'])].map((node) => {
    const block = first(node, ['param_block'])
    const parameters = block ? [...nodes(block, ['script_parameter'])] : []
    return {
      node,
      name: first(node, ['function_name']).text,
      parameters: parameters.map((parameter) => ({
        name: variableName(parameter.children.find((child) => child.type === 'variable')),
        aliases: aliases(parameter),
        positional: /Position = \d/.test(parameter.text),
      })),
      positions: /Position = \d/.test(block?.text ?? ''),
      isPublic: /\.SYNOPSIS/.test(node.text),
    }
  })
}

const aliases = (parameter) =>
  [...parameter.text.matchAll(/\[Alias\('([^']+)'\)\]/g)].map((match) => match[1].toLowerCase())

// --- Calls

function checkCalls(root, name, functions, isStrict) {
  for (const command of nodes(root, ['command'])) {
    const commandName = first(command, ['command_name'])
    if (!commandName) {
      continue
    }
    const called = functions.find((one) => one.name.toLowerCase() === commandName.text.toLowerCase())
    if (called) {
      checkCall(command, name, called)
    } else if (isStrict && !(commandName.text in builtIn)) {
      complain(name, command, `nobody knows ${commandName.text}`)
    } else if (isStrict) {
      checkNames(command, name, builtIn[commandName.text].map((one) => one.toLowerCase()), commandName.text)
    }
  }
}

function checkCall(command, name, called) {
  const known = called.parameters.flatMap((parameter) => [parameter.name, ...parameter.aliases])
  checkNames(command, name, known, called.name)
  const places = called.isPublic
    ? called.parameters.filter((parameter) => parameter.positional).length
    : called.parameters.length
  const positional = positionals(command, called)
  if (positional > places) {
    complain(name, command, `${called.name} takes ${places} values without a name, not ${positional}`)
  }
}

function checkNames(command, name, known, calledName) {
  for (const parameter of own(command, 'command_parameter')) {
    const given = parameter.text.replace(/^-/, '').replace(/:$/, '').toLowerCase()
    const isOperator = calledName.endsWith('-Object') && /^(eq|ne|like|in|notin|lt|gt)$/.test(given)
    if (!known.includes(given) && !common.includes(given) && !isOperator) {
      complain(name, command, `${calledName} has no parameter ${parameter.text}`)
    }
  }
}

const own = (command, type) =>
  (first(command, ['command_elements'])?.children ?? []).filter((child) => child.type === type)

// A value after a parameter is that parameter's, unless it is a switch.
function positionals(command, called) {
  const elements = (first(command, ['command_elements'])?.children ?? [])
    .filter((child) => child.isNamed && child.type !== 'command_argument_sep')
  const body = called.node.text
  let count = 0
  elements.forEach((element, place) => {
    const before = elements[place - 1]
    const isSwitch = before?.type === 'command_parameter' &&
      new RegExp(`\\[switch\\] \\${'$'}${before.text.replace(/^-|:$/g, '')}\\b`, 'i').test(body)
    const isSplat = element.text.startsWith('@') && element.type === 'variable'
    const isValueOfParameter = before?.type === 'command_parameter' && !isSwitch
    const isValueOfSwitch = isSwitch && command.text.includes(`${before.text}:`)
    if (element.type !== 'command_parameter' && !isSplat && !isValueOfParameter && !isValueOfSwitch) {
      count++
    }
  })
  return count
}

// --- Variables

function checkVariables(functions, name, scriptVariables) {
  for (const one of functions) {
    const set = new Set(one.parameters.map((parameter) => parameter.name))
    const targets = new Set()
    for (const left of nodes(one.node, ['left_assignment_expression'])) {
      for (const variable of nodes(left, ['variable'])) {
        if (!/member_access|element_access/.test(parents(variable, left))) {
          set.add(variableName(variable))
          targets.add(variable.id)
        }
      }
    }
    for (const loop of nodes(one.node, ['foreach_statement'])) {
      const variable = loop.children.find((child) => child.type === 'variable')
      set.add(variableName(variable))
    }
    const read = new Set()
    for (const variable of nodes(one.node, ['variable'])) {
      const called = variableName(variable)
      if (!targets.has(variable.id) && !inParameterList(variable)) {
        read.add(called)
      }
      const known = set.has(called) || automatic.includes(called) || called.startsWith('env:') ||
        scriptVariables.has(called)
      if (!known) {
        complain(name, variable, `nothing sets ${variable.text}`)
      }
    }
    for (const called of set) {
      const isParameter = one.parameters.some((parameter) => parameter.name === called)
      if (!isParameter && !read.has(called) && !automatic.includes(called) && !called.startsWith('script:')) {
        complain(name, one.node, `nobody reads $${called}`)
      }
    }
  }
}

function parents(node, top) {
  let text = ''
  for (let at = node.parent; at && at.id !== top.id; at = at.parent) {
    text += at.type + ' '
  }
  return text
}

const inParameterList = (variable) => variable.parent?.type === 'script_parameter'

// --- Everything, and proof that what is wrong is noticed

const filesIn = (directory, ending) =>
  readdirSync(directory, { recursive: true })
    .map((file) => join(directory, file.toString()))
    .filter((file) => ending.test(file) && !file.includes('node_modules'))
    .sort()

function check(sources, isStrict = true) {
  const parsed = sources.map(({ name, text }) => ({ name, root: parse(text, name) }))
  const functions = parsed.flatMap(({ root }) => functionsOf(root))
  const scriptVariables = new Set(
    parsed.flatMap(({ root }) =>
      [...nodes(root, ['left_assignment_expression'])].map((left) => variableName(left)))
      .filter((name) => name.startsWith('script:')))
  for (const { name, root } of parsed) {
    checkCalls(root, name, functions, isStrict)
    checkVariables(functionsOf(root), name, scriptVariables)
  }
  return functions
}

function selfTest() {
  const wrong = {
    'cannot be read': 'function A {\n    if ($true) {\n}',
    'nobody knows': 'function A {\n    Get-Nonsense\n}',
    'has no parameter': 'function A {\n    param([string] $One)\n    A -Two 2\n}',
    'values without a name': 'function A {\n    param([string] $One)\n    A 1 2\n}',
    'nothing sets': 'function A {\n    $one\n}',
    'nobody reads': 'function A {\n    $one = 1\n}',
  }
  for (const [expected, text] of Object.entries(wrong)) {
    check([{ name: 'wrong', text }])
    const found = complaints.splice(0)
    if (found.length !== 1 || !found[0].includes(expected)) {
      throw new Error(`the check is blind: '${expected}' of\n${text}\ngave ${JSON.stringify(found)}`)
    }
  }
}

const read = (file) => ({ name: relative(root, file), text: readFileSync(file, 'utf8') })

function scriptsOf(file) {
  const text = readFileSync(file, 'utf8')
  const blocks = [...text.matchAll(/(?:^(?: {4,}.*| *)\n)+/gm)]
  return blocks
    .map(([block]) => block.replace(/ *\n +(?=-[A-Z]\w+ )/g, ' '))
    .filter((block) => /-AzureSqlJob/.test(block) && !/^\s*</.test(block))
    .map((block) => ({ name: `${file} (${block.trim().split('\n')[0]})`, text: block }))
}

selfTest()
const files = filesIn(module, /\.ps[md]?1$/)
const functions = check(files.map(read))

const others = filesIn(join(root, 'powershell/tests'), /\.ps1$/).map(read)
for (const guide of guides) {
  const { name, text } = read(guide)
  for (const match of text.matchAll(/```powershell\n(.*?)```/gs)) {
    others.push({ name: `${name} (${match[1].split('\n')[0]})`, text: match[1] })
  }
}
if (process.argv[2]) {
  others.push(...filesIn(process.argv[2], /\.(md|txt)$/).flatMap(scriptsOf))
}
for (const { name, text } of others) {
  checkCalls(parse(text, name), name, functions, false)
}

complaints.forEach((complaint) => console.error(complaint))
console.log(`${files.length} files of the module with ${functions.length} functions, ${others.length} other scripts: ` +
  (complaints.length === 0 ? 'nothing to complain of' : `${complaints.length} complaints`))
process.exit(complaints.length === 0 ? 0 : 1)
