package dev.edj.api;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import dev.edj.credential.Credential;
import dev.edj.credential.CredentialChange;
import dev.edj.credential.Credentials;
import dev.edj.credential.NewCredential;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.security.EncryptionKeys;
import dev.edj.security.KeyRotation;
import dev.edj.security.KeyRotations;
import dev.edj.security.KnownKey;
import dev.edj.security.PublicKey;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(Locations.BASE)
@Tag(name = "Credentials")
class CredentialController {

  private final Credentials credentials;
  private final EncryptionKeys keys;
  private final KeyRotations rotations;

  CredentialController(Credentials credentials, EncryptionKeys keys, KeyRotations rotations) {
    this.credentials = credentials;
    this.keys = keys;
    this.rotations = rotations;
  }

  @GetMapping("/encryption-key")
  @Allowed(Permission.READ)
  @Operation(summary = "The public key that passwords are encrypted with before they are sent")
  PublicKey encryptionKey() {
    return keys.current();
  }

  @GetMapping("/encryption-keys")
  @Allowed(Permission.READ)
  @Operation(summary = "All keys, and which nodes have their private halves")
  List<KnownKey> encryptionKeys() {
    return keys.list();
  }

  @GetMapping("/encryption-keys/rotation")
  @Allowed(Permission.READ)
  @Operation(summary = "The rotation that is under way, else the last one")
  KeyRotation keyRotation() {
    return rotations
        .newest()
        .orElseThrow(() -> new EdjException(ErrorCode.NOT_FOUND, null, "no key was rotated yet"));
  }

  @PostMapping("/encryption-keys/rotate")
  @Allowed(Permission.ADMINISTER)
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(
      summary = "Have a new key take the place of the present one, or see how far that has come")
  KeyRotation rotateKeys() {
    return rotations.request();
  }

  @GetMapping("/credentials")
  @Allowed(Permission.READ)
  @Operation(summary = "All credentials, without their passwords")
  List<Credential> listCredentials() {
    return credentials.list();
  }

  @PostMapping("/credentials")
  @Allowed(Permission.ADMINISTER)
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(summary = "Create a credential, with a password that is encrypted or is plain")
  ResponseEntity<Credential> createCredential(@RequestBody NewCredential credential) {
    Credential created = credentials.create(credential);
    return ResponseEntity.created(Locations.of("credentials", created.name())).body(created);
  }

  @GetMapping("/credentials/{name}")
  @Allowed(Permission.READ)
  @Operation(summary = "One credential, without its password")
  Credential credential(@PathVariable String name) {
    return credentials.named(name);
  }

  @PatchMapping("/credentials/{name}")
  @Allowed(Permission.ADMINISTER)
  @Operation(summary = "Change the user name, the password or the servers of a credential")
  Credential updateCredential(@PathVariable String name, @RequestBody CredentialChange change) {
    return credentials.update(name, change);
  }

  @DeleteMapping("/credentials/{name}")
  @Allowed(Permission.ADMINISTER)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Delete a credential that nothing uses")
  void deleteCredential(@PathVariable String name) {
    credentials.delete(name);
  }
}
