#include "pipeline/site/trust_folder.h"

#include <pwd.h>
#include <unistd.h>

#include "core/texts/json.h"
#include "pipeline/cli/base/context.h"
#include "pipeline/cli/commands.h"

namespace sohoa::cli {
namespace {

std::string whoAmI() {
  const passwd* user = ::getpwuid(::geteuid());
  return user != nullptr ? user->pw_name : std::to_string(::geteuid());
}

void show(Context& context, const std::vector<TrustEntry>& entries, const char* event) {
  for (const TrustEntry& entry : entries) {
    if (context.json) {
      context.object(nlohmann::json{{"event", event},
                                    {"file", entry.file.string()},
                                    {"purpose", entry.purpose},
                                    {"subject", entry.subject},
                                    {"fingerprint", entry.fingerprint},
                                    {"not_after", entry.notAfter}});
    } else {
      context.line(entry.fingerprint.substr(0, 16) + "  " + entry.notAfter + "  " + entry.purpose +
                   "  " + entry.subject + "  (" + entry.file.string() + ")");
    }
  }
}

}  // namespace

void addTrust(Command app, Context& context) {
  Command command = app.subcommand(
      "trust",
      std::string(context.tr("authorities whose signatures and timestamps this site trusts")));
  command.requireSubcommand();
  Command list = command.subcommand("list", std::string(context.tr("what is trusted now")));
  list.action([&context] { show(context, listTrust(context.site()), "trusted"); });

  struct Wish {
    std::string what, purpose = "both";
  };
  const auto wish = std::make_shared<Wish>();
  Command adding = command.subcommand(
      "add", std::string(context.tr("trust the certificates of a file; the ledger records it")));
  adding.option("FILE", wish->what, std::string(context.tr("PEM or DER file")))
      .required()
      .existingFile();
  adding.option("--for", wish->purpose, std::string(context.tr("signing, timestamping or both")))
      .oneOf({"signing", "timestamping", "both"});
  adding.action([wish, &context] {
    const auto added = sohoa::addTrust(context.site(), wish->what, wish->purpose, whoAmI());
    show(context, added, "added");
    if (added.empty() && !context.json) context.line(context.tr("All of it was trusted already."));
  });

  Command removing = command.subcommand(
      "remove", std::string(context.tr("trust a certificate no longer; the ledger records it")));
  removing
      .option("WHICH", wish->what, std::string(context.tr("fingerprint or file name, as listed")))
      .required();
  removing.action([wish, &context] {
    const auto removed = removeTrust(context.site(), wish->what, whoAmI());
    if (removed.empty()) throw UsageError("WHICH", wish->what);
    show(context, removed, "removed");
  });
}

}  // namespace sohoa::cli
