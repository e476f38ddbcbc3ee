/// The portal: pages for people, made on the server, over the same operations as the REST API.
///
/// # How a page is added
///
/// A page is a method of its noun's controller (`NodePages`), which calls the feature's service and
/// returns the name of a template in `src/main/resources/portal/templates`:
///
///     @GetMapping("/nodes")
///     ModelAndView list(@RequestParam(defaultValue = "false") boolean includeInactive) {
///       return new ModelAndView("nodes", Map.of("page", NodeListPage.of(nodes.list(includeInactive))));
///     }
///
/// The controller stands in [dev.edj.portal.PortalConfiguration]. What a template shows beyond plain
/// records comes as a record of the page, made by a method that a test can call. A template begins
/// like this, and has everything else inside its `main`:
///
///     <!doctype html>
///     <html th:replace="~{layout :: page('Nodes', 'nodes', ~{::main})}" xmlns:th="http://www.thymeleaf.org">
///       <main>
///         <h1>Nodes</h1>
///       </main>
///     </html>
///
/// `'nodes'` is the entry of the navigation to mark. What can be put into a page is in
/// `fragments.html`, where each piece says how it is used, and in `portal.css`.
///
/// * **Addresses** are made by `#show.path('jobs', job.name).with('after', id)` in templates and by
///   [dev.edj.portal.site.PagePath] in Java, never by hand: names may hold any character. Names of
///   assets go through `#show.asset('portal.css')`.
/// * **Values** are written by `#show` ([dev.edj.portal.site.Show]), times by the fragment `moment`.
/// * **Forms** that change something are plain `<form method="post">` with the fragment `token`
///   inside. The controller does it and answers with [dev.edj.portal.site.SeeOther], which may say a
///   sentence: `SeeOther.page("nodes", name).saying("Node edj-1 takes nothing new.")`.
/// * **What not everybody may do** is shown to those who may: `may` ([dev.edj.portal.site.Allowance])
///   asks what a route is `@Allowed` to. `th:if="${may.open('/new/job')}"` stands on a link,
///   `may.send` on a form; paths are those of the mappings. Where a role can be narrowed to
///   collections, the page says of what: `may.open('/jobs/{name}/edit', job.name)`.
/// * **Names** out of however many are chosen by the fragment `listed`, which looks for them on the
///   service ([dev.edj.portal.choice]); what needs no search while it is short, by `selection`.
/// * **Addresses of forms** have a page, too, to which whoever loads them again comes: the form itself,
///   or [dev.edj.portal.FormAddresses].
/// * **What a page asks for by itself** says so (`BY_ITSELF` in `live.js`), or the session would never
///   end.
/// * **Refusals**: an [dev.edj.problem.EdjException] that a controller lets through becomes a page
///   with its sentence. A form that is to keep what was typed catches it, puts
///   [dev.edj.portal.site.Refusal] into the model as `refusal`, sets the exception's status, and shows
///   the form again; the fragment `field` says it beside the field.
/// * **What cannot be undone** is asked for first: a link with `data-dialog` to a page of its own that
///   returns the template `ask` with [dev.edj.portal.site.Ask] as `ask`.
/// * **Live parts** are elements with ids inside of an element with `data-live` and the address of
///   their stream. The stream's controller calls [dev.edj.portal.site.LiveStream], with the same
///   fragments that the page has, rendered by [dev.edj.portal.site.Fragments] and read through
///   [dev.edj.controldb.Recent], so that however many look it is read once a second. Such parts hold
///   no forms (they are the same for all who may do the same), but links to pages that ask.
/// * **Scripts** only make better what works without them, and live in assets: the browser runs and
///   styles nothing that stands inside a page.
///
/// Who may come in is in [dev.edj.portal.session], what all pages share in [dev.edj.portal.site].
@NullMarked
package dev.edj.portal;

import org.jspecify.annotations.NullMarked;
