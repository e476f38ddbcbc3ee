package dev.edj.portal.choice;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/// The names that a field offers while somebody types into it.
@Controller
final class ChoicePages {

  private final Choices choices;

  ChoicePages(Choices choices) {
    this.choices = choices;
  }

  @GetMapping("/choices/{noun}")
  @Allowed(Permission.READ)
  @ResponseBody
  List<String> names(@PathVariable String noun, @RequestParam(defaultValue = "") String text) {
    return choices.find(noun, text);
  }
}
