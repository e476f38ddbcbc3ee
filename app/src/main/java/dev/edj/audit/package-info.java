/// The audit log: who changed or started what, when, from where, and how it was before and after.
///
/// Whatever changes something says so with [dev.edj.audit.NewAuditEvent#record] in the transaction
/// that changes it, so that the one is never without the other:
///
///     NewAuditEvent.of("credential.delete").named(name).before(credential).record(handle);
///
/// Who it was is known from [dev.edj.audit.Origin], which a filter at the doors binds to the
/// request; what nobody asked for is the service's own doing.
///
/// Rows are only ever added. [dev.edj.audit.Chain] links each event to the one before by a hash, in
/// the order in which it finds them committed: writers wait for nobody, and what is changed, removed
/// or moved later no longer fits ([dev.edj.audit.Verifying]).
@NullMarked
package dev.edj.audit;

import org.jspecify.annotations.NullMarked;
