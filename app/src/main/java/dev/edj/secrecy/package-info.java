/// What nobody may see: passwords, tokens, private keys, secret values.
///
/// [dev.edj.secrecy.Sensitive] marks it where it is declared, and everything that could show it
/// asks for the mark: the texts of records ([dev.edj.secrecy.Masked]), the JSON of the API and of
/// the audit log ([dev.edj.secrecy.Withheld]), and the API's description.
@NullMarked
package dev.edj.secrecy;

import org.jspecify.annotations.NullMarked;
