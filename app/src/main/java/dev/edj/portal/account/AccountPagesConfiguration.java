package dev.edj.portal.account;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// The controllers of accounts and tokens.
@Configuration(proxyBeanMethods = false)
@Import({AccountPages.class, UserPages.class, UserFormPages.class, TokenPages.class})
public class AccountPagesConfiguration {}
