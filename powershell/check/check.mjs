// Reads the module, its tests and the scripts of the documentation with a parser, and says what cannot be right:
// text that is no PowerShell, calls that PowerShell could not bind to the parameters of what they call, properties
// that no object has, variables that nothing sets or nobody reads. What PowerShell would only notice when a line
// runs, this notices without PowerShell.
//
//   npm ci --ignore-scripts && node check.mjs [FOLDER]
//
// The scripts of the preview's own articles are looked at, too, where there is a folder of them: the one named, else
// seeds beside the data that EDJ_TEST_DATA names, else ../shared/seeds seen from the repository.
import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Language, Parser } from 'web-tree-sitter'
import { articlesIn, folderOfArticles } from './articles.mjs'
import { functionsOf } from './binding.mjs'
import { elements, first, isParameter, nodes, variableName } from './syntax.mjs'
import { follow, propertiesOf } from './values.mjs'

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
  'Get-Credential': ['UserName', 'Message'],
  'Invoke-WebRequest': [],
  'Join-Path': [],
  'Select-Object': ['First', 'Skip', 'Unique'],
  'Set-StrictMode': ['Off'],
  'Sort-Object': [],
  'Test-Path': ['LiteralPath'],
  'Where-Object': [],
  'Write-Progress': ['Activity', 'Status', 'PercentComplete', 'Completed'],
  'Write-Verbose': [],
  'Write-Warning': [],
}
// What the articles call of PowerShell's own.
const ofPowerShell = ['Get-Content', 'Get-Credential', 'Get-Date', 'New-TimeSpan', 'Write-Output']
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

// --- Calls

// Calls of what is not the module's own.
function checkForeignCalls(root, name, functions) {
  for (const command of nodes(root, ['command'])) {
    const called = first(command, ['command_name'])?.text
    const isOwn = functions.some((one) => one.name.toLowerCase() === called?.toLowerCase())
    if (!called || isOwn) {
      continue
    }
    if (!(called in builtIn)) {
      complain(name, command, `nobody knows ${called}`)
      continue
    }
    for (const parameter of elements(command).filter(isParameter)) {
      const given = parameter.text.slice(1).toLowerCase()
      const isOperator = called.endsWith('-Object') && /^(eq|ne|like|in|notin|lt|gt)$/.test(given)
      if (!builtIn[called].some((one) => one.toLowerCase() === given) && !isOperator) {
        complain(name, command, `${called} has no parameter ${parameter.text}`)
      }
    }
  }
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

// --- The module, what uses it, and proof that what is wrong is noticed

const filesIn = (directory, ending) =>
  readdirSync(directory, { recursive: true })
    .map((file) => join(directory, file.toString()))
    .filter((file) => ending.test(file) && !file.includes('node_modules'))
    .sort()

// The module's own files. Returns what others can call and read.
function checkModule(sources) {
  const parsed = sources.map(({ name, text }) => ({ name, root: parse(text, name) }))
  const functions = parsed.flatMap(({ root }) => functionsOf(root))
  const properties = propertiesOf(parsed.map(({ root }) => root))
  const scriptVariables = new Set(
    parsed.flatMap(({ root }) =>
      [...nodes(root, ['left_assignment_expression'])].map((left) => variableName(left)))
      .filter((name) => name.startsWith('script:')))
  for (const { name, root } of parsed) {
    checkForeignCalls(root, name, functions)
    follow(root, functions, properties, new Map(), (node, what) => complain(name, node, what))
    checkVariables(functionsOf(root), name, scriptVariables)
  }
  return { functions, properties }
}

// A script that uses the module. Returns the cmdlets that it calls and that the module does not have.
function checkScript({ name, text }, { functions, properties }, held = new Map()) {
  const root = parse(text, name)
  follow(root, functions, properties, held, (node, what) => complain(name, node, what))
  const names = functions.flatMap((one) => [one.name, ...one.aliases])
  return [...nodes(root, ['command_name'])].map((node) => node.text).filter((called) => !names.includes(called))
}

function selfTest() {
  const wrongModules = {
    'cannot be read': 'function A {\n    if ($true) {\n}',
    'nobody knows': 'function A {\n    Get-Nonsense\n}',
    'Join-Path has no parameter -Two': 'function A {\n    Join-Path -Two\n}',
    'nothing sets': 'function A {\n    $one\n}',
    'nobody reads': 'function A {\n    $one = 1\n}',
  }
  for (const [expected, text] of Object.entries(wrongModules)) {
    expectComplaint(expected, text, () => checkModule([{ name: 'wrong', text }]))
  }
  const module = checkModule([{ name: 'right', text: SMALL_MODULE }])
  const wrongScripts = {
    'has no parameter -Tree': 'Get-A -Tree 1',
    'no parameter -WhatIf': 'Get-A -WhatIf -Name a',
    'has no value': 'Get-A -Name -All',
    'is there twice': 'Get-A -Name a -N b',
    'no parameter set of Get-A has': 'Get-A -Name a -Id 1 -All',
    'does not take 3 values': 'Get-A one two three',
    'needs -id': 'Get-A -All',
    'nobody can tell which': 'Set-A -Common 1',
    'nothing of what is piped': 'Get-B | Get-A',
    'is an T, and -name takes a': '$a = Get-A one; Get-A -Name $a',
    'an T has no Nom': '$a = Get-A one; $a.Nom',
  }
  for (const [expected, text] of Object.entries(wrongScripts)) {
    expectComplaint(expected, text, () => checkScript({ name: 'wrong', text }, module))
  }
  checkScript({ name: 'right', text: RIGHT_SCRIPT }, module)
  if (complaints.length > 0) {
    throw new Error(`the check sees ghosts: ${JSON.stringify(complaints)}`)
  }
}

function expectComplaint(expected, text, act) {
  act()
  const found = complaints.splice(0)
  if (found.length !== 1 || !found[0].includes(expected)) {
    throw new Error(`the check is blind: '${expected}' of\n${text}\ngave ${JSON.stringify(found)}`)
  }
}

const SMALL_MODULE = `
function Get-A {
    [CmdletBinding(DefaultParameterSetName = 'Name')]
    [OutputType('T')]
    param(
        [Parameter(Position = 0, ParameterSetName = 'Name', ValueFromPipelineByPropertyName)] [string] $Name,
        [Parameter(Position = 1, ParameterSetName = 'Name')] [string] $More,
        [Parameter(Mandatory, ParameterSetName = 'Id', ValueFromPipelineByPropertyName)] [int] $Id,
        [Parameter(Mandatory, ParameterSetName = 'Id')] [switch] $All
    )
    [pscustomobject] @{ PSTypeName = 'T'; Name = "$Name$More"; Id = $Id + $All }
}
function Get-B {
    [OutputType('U')]
    param()
    [pscustomobject] @{ PSTypeName = 'U'; Other = 1 }
}
function Set-A {
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [string] $Common,
        [Parameter(ParameterSetName = 'One')] [string] $One,
        [Parameter(ParameterSetName = 'Two')] [string] $Two
    )
    $Common + $One + $Two
}
`
const RIGHT_SCRIPT = `
Get-A
Get-A one two
Get-A -N one -ErrorAction Stop two
Get-A -All -Id 1
$a = Get-A -Id 1 -All:$true
foreach ($b in $a | Where-Object Name -eq one) { $b.Name; Set-A -One $b.Name -WhatIf }
Get-A one | Get-A
Set-A -Common 1 -Two 2
`

// --- Everything

const read = (file) => ({ name: relative(root, file), text: readFileSync(file, 'utf8') })

selfTest()
const files = filesIn(module, /\.ps[md]?1$/)
const checked = checkModule(files.map(read))

const others = filesIn(join(root, 'powershell/tests'), /\.ps1$/).map(read)
for (const guide of guides) {
  const { name, text } = read(guide)
  const held = new Map()
  for (const match of text.matchAll(/```powershell\n(.*?)```/gs)) {
    others.push({ name: `${name} (${match[1].split('\n')[0]})`, text: match[1], held })
  }
}
others.forEach((other) => checkScript(other, checked, other.held))

console.log(`${files.length} files of the module with ${checked.functions.length} functions, ${others.length} other scripts`)

const folder = folderOfArticles(root, process.argv[2])
if (folder) {
  checkArticles(articlesIn(folder))
} else {
  console.log('skipped: no folder with the articles of the preview')
}

function checkArticles(articles) {
  for (const scripts of articles) {
    // What one script of an article sets, the next ones use.
    const held = new Map()
    const foreign = scripts.flatMap((script) => checkScript(script, checked, held))
    const others = [...new Set(foreign)].filter((called) => called.includes('-') && !ofPowerShell.includes(called))
    const joined = scripts.filter((script) => script.isJoined).map((script) => script.name)
    console.log(`${scripts.length} scripts in ${scripts[0].name.split(':')[0]}`)
    console.log(`  with lines that had to be joined: ${joined.join(', ') || 'none'}`)
    console.log(`  of other modules: ${others.join(', ') || 'nothing'}`)
  }
}

complaints.forEach((complaint) => console.error(complaint))
console.log(complaints.length === 0 ? 'nothing to complain of' : `${complaints.length} complaints`)
process.exit(complaints.length === 0 ? 0 : 1)
