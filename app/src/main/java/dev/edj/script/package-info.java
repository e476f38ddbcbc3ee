/// Scripts: from the bytes of a file to the text that is sent to a database, and back from a line
/// that the engine reports to the line the person wrote.
///
/// Start reading at [ScriptSplitter]. A script goes through four steps, each total: any text gives
/// either a result or a [ScriptException] that says what is wrong, where, and what to do.
///
/// 1. [ScriptText] decodes bytes.
/// 2. [ScriptInliner] puts the files that `:r` names in their place (only where there are files: in
///    the command line, never in the service); [IncludedFiles] finds them.
/// 3. [ScriptSplitter] cuts the script into batches. One lexer serves all dialects and cuts the
///    text into pieces that, laid end to end, are the script again; a syntax for each dialect knows
///    its strings, comments and separators.
/// 4. [Variables] replaces `$(name)` in one batch, for one database.
///
/// Splitting comes before replacing, so no value can ever add a separator to a script. Everything
/// is one pass over the text, without regular expressions and without recursion: neither the length
/// of a script nor the depth of its comments can hurt the service. The rules for people are in
/// docs/reference/scripts.md.
@NullMarked
package dev.edj.script;

import org.jspecify.annotations.NullMarked;
