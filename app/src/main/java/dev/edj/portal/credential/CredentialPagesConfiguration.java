package dev.edj.portal.credential;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// The pages of credentials.
@Configuration(proxyBeanMethods = false)
@Import({CredentialPages.class})
public class CredentialPagesConfiguration {}
