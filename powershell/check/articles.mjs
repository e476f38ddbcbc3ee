// The scripts in the articles of the preview's documentation: their indented lines that begin like PowerShell.
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

// The folder that is named, else the one beside the test data, if it is there.
export function folderOfArticles(root, named) {
  const data = process.env.EDJ_TEST_DATA ?? join(root, '../shared/data')
  const folder = named ?? join(data, '../seeds')
  return existsSync(folder) ? folder : undefined
}

// The scripts of each article, in the order in which somebody reads them.
export const articlesIn = (folder) =>
  readdirSync(folder)
    .filter((file) => /\.(md|txt)$/.test(file))
    .sort()
    .map((file) => scriptsOf(file, readFileSync(join(folder, file), 'utf8')))
    .filter((scripts) => scripts.length > 0)

function scriptsOf(file, text) {
  const scripts = []
  for (const match of text.matchAll(/(?:^ {4,}\S.*\n(?:[ \t]*\n)*)+/gm)) {
    if (/^ +(\$\w+ =|[A-Z][a-z]+-[A-Z])/.test(match[0])) {
      const line = text.slice(0, match.index).split('\n').length
      const joined = match[0].replace(BROKEN, ' ')
      scripts.push({ name: `${file}:${line}`, text: joined, isJoined: joined !== match[0] })
    }
  }
  return scripts
}

// A command that goes on in the next line without a backtick: no PowerShell can read that.
const BROKEN = /[ \t]*\n +(?=-[A-Z]\w+ )/g
