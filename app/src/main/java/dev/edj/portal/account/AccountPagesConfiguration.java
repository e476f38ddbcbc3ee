package dev.edj.portal.account;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// The controller of one's own account.
@Configuration(proxyBeanMethods = false)
@Import(AccountPages.class)
public class AccountPagesConfiguration {}
