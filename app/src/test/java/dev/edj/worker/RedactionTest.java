package dev.edj.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RedactionTest {

  @Test
  void secretsAreTakenOutAsTheyAreAndAsALiteralHasThem() {
    Redaction redaction = Redaction.of(List.of("O'Brien", "secret", "secret-longer"));
    assertThat(redaction.redacted("PASSWORD 'O''Brien' or O'Brien, secret-longer, secrets"))
        .isEqualTo("PASSWORD '***' or ***, ***, ***s");
  }

  @Test
  void eachLineOfASecretIsTakenOut() {
    assertThat(Redaction.of(List.of("first-line\nab\nlast-line")).redacted("ab: last-line"))
        .isEqualTo("ab: ***");
  }

  @Test
  void whatAServerQuotesOfASecretAfterItsQuoteIsTakenOut() {
    assertThat(
            Redaction.of(List.of("ab'cdefgh12\\ijkl"))
                .redacted("Incorrect syntax near 'cdefgh12', ab'cdefgh12\\ijkl"))
        .isEqualTo("Incorrect syntax near '***', ***");
  }

  @Test
  void secretsAreTakenOutOfNamesAndOfXml() {
    assertThat(
            Redaction.of(List.of("long]name", "fish&<chips>"))
                .redacted("<Item Value=\"[long]]name] fish&amp;&lt;chips&gt;\"/> fish&<chips>"))
        .isEqualTo("<Item Value=\"[***] ***\"/> ***");
  }

  @Test
  void whereThereIsNoSecretNothingIsTakenOut() {
    assertThat(Redaction.NONE.redacted("text")).isEqualTo("text");
  }
}
