package io.oasis.ui;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/**
 * The words about people: accounts, tokens, audit and profile. The texts are in {@code
 * messages/people_*.properties}.
 */
@MessageBundle("people")
public interface PeopleMessages {
  // Audit
  @Message
  String audit();

  @Message
  String auditLead();

  @Message
  String who();

  @Message
  String when();

  @Message
  String action();

  @Message
  String object();

  @Message
  String changes();

  @Message
  String moreChanges(int n);

  @Message
  String noEntries();

  // Accounts
  @Message
  String accounts();

  @Message
  String accountsAndTokens();

  @Message
  String newAccount();

  @Message
  String createAccount();

  @Message
  String email();

  @Message
  String roles();

  @Message
  String role();

  @Message
  String roleEverywhere();

  @Message
  String noRole();

  @Message
  String appRoles();

  @Message
  String appRolesHint();

  @Message
  String canSignIn();

  @Message
  String switchedOff();

  @Message
  String switchOff();

  @Message
  String lastSignIn();

  @Message
  String save();

  @Message
  String endAccount();

  @Message
  String endAccountAsk(String name);

  @Message
  String signOutEverywhere();

  @Message
  String newPassword();

  @Message
  String presentPassword();

  @Message
  String passwordHint();

  @Message
  String passwordEndsSessions();

  @Message
  String passwordEndsOthers();

  @Message
  String setPassword();

  // Tokens
  @Message
  String tokens();

  @Message
  String newToken();

  @Message
  String createToken();

  @Message
  String tokenName();

  @Message
  String tokenMade();

  @Message
  String noTokens();

  @Message
  String noTokensHint();

  @Message
  String kind();

  @Message
  String kindApi();

  @Message
  String kindExecutor();

  @Message
  String kindHint();

  @Message
  String madeBy();

  @Message
  String expires();

  @Message
  String expired();

  @Message
  String lastUsed();

  @Message
  String lifetime();

  @Message
  String revoke();

  @Message
  String revokeAsk(String name);

  // Profile
  @Message
  String profile();

  @Message
  String looks();

  @Message
  String browsersZone();

  @Message
  String sessions();

  @Message
  String session();

  @Message
  String begun();

  @Message
  String browser();

  @Message
  String thisOne();

  // What was wrong with a form
  @Message
  String wrongName();

  @Message
  String wrongEmail();

  @Message
  String nameTaken();

  @Message
  String passwordShort(String least);

  @Message
  String passwordLong(String most);

  @Message
  String passwordIsName();

  @Message
  String passwordWrong();

  @Message
  String noPasswordHere();

  @Message
  String lastAdministrator();

  @Message
  String wrongAppRole(String line);

  @Message
  String nameMissing();

  @Message
  String wrongLifetime();

  @Message
  String unknownZone();

  @Message
  String unknownApp(String app);

  // OpenID Connect
  @Message
  String signInBy(String name);

  @Message
  String oidcBroken();

  @Message
  String oidcRefused();

  @Message
  String oidcStale();

  @Message
  String oidcNameTaken(String name);

  @Message
  String oidcSwitchedOff(String name);
}
