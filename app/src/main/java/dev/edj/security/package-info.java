/// Encryption of passwords: clients and API nodes hold the public key, only workers the private
/// one.
@NullMarked
package dev.edj.security;

import org.jspecify.annotations.NullMarked;
