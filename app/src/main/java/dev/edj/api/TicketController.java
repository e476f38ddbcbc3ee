package dev.edj.api;

import dev.edj.access.Allowed;
import dev.edj.access.Caller;
import dev.edj.access.Permission;
import dev.edj.portal.session.Ticket;
import dev.edj.portal.session.Tickets;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Links to the portal, for whoever asks.
@RestController
@RequestMapping(Locations.BASE + "/portal/tickets")
@Tag(name = "Portal")
class TicketController {

  private final Tickets tickets;

  TicketController(Tickets tickets) {
    this.tickets = tickets;
  }

  @PostMapping
  @Allowed(Permission.OWN)
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(
      summary = "A path on the service's address that signs in to the portal, once, for 15 minutes")
  Ticket createTicket(@AuthenticationPrincipal Caller caller) {
    return tickets.create(caller);
  }
}
