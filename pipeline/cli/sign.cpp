#include <fmt/core.h>

#include <algorithm>

#include "pipeline/agency_key.h"
#include "pipeline/cli/context.h"
#include "pipeline/signing_services.h"
#include "signing/remote_key.h"

namespace sohoa::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::string in, out, level, field, reason, location, pkcs11, pkcs12, secret, digest;
  bool visible = false, pss = false, force = false;
};

SigningKey keyFor(const Site& site, const Options& options) {
  if (options.pkcs11.empty() && options.pkcs12.empty()) return loadKey(site);
  // A path on the command line starts where the person is, not at the site.
  const std::string place = options.secret.starts_with("credential:")
                                ? options.secret
                                : fs::absolute(options.secret).string();
  const std::string secret = readSecret(site, place);
  return options.pkcs11.empty() ? SigningKey::fromPkcs12(options.pkcs12, secret)
                                : SigningKey::fromPkcs11(options.pkcs11, secret);
}

SignatureRequest requestOf(const Site& site, const Options& options) {
  SignatureRequest request = agencySignature(site.config(), site.clock()->now());
  if (!options.visible) request.appearance.lines.clear();
  if (!options.field.empty()) request.fieldName = options.field;
  if (!options.reason.empty()) request.reason = options.reason;
  if (!options.location.empty()) request.location = options.location;
  if (!options.level.empty()) request.level = *levelFromName(options.level);
  if (!options.digest.empty()) request.algorithm.digest = *digestFromName(options.digest);
  if (options.pss) request.algorithm.pss = true;
  return request;
}

/// In a process without the key: everything that reads the document.
ExitCode signDocument(Context& context, const Site& site, const Options& options,
                      const SigningKey& key) {
  SignatureRequest request = requestOf(site, options);
  const SiteServices services(site);
  const KeyState state = checkKey(key, services.get(), request.at);
  if (state.daysLeft <= kWarnDaysBefore) {
    fmt::print(stderr, "sohoa: {}\n",
               context.say("the signing certificate expires in {} days", std::to_string(state.daysLeft)));
  }
  const fs::path out = fs::absolute(options.out);
  const auto done = signPdf(options.in, out, key, request, services.get());
  if (!done) {
    context.failed(done.error());
    return context.exit;
  }
  VerificationOptions verification;
  verification.at = verification.now = site.clock()->now();
  verification.revocation = VerificationOptions::Revocation::available;
  const VerificationReport report = verifyPdf(out, *services.get().anchors, verification);
  // What others signed before may not be trusted here; what was just made must hold.
  const bool holds = std::any_of(
      report.signatures.begin(), report.signatures.end(), [&](const SignatureReport& one) {
        return one.digestMatches && one.signatureMatches && one.serial == key.certificate().serial &&
               levelFromName(one.level).value_or(SignatureLevel::bB) >= request.level;
      });
  if (!holds) {
    fs::remove(out);
    throw BatchError(Cause::signatureNotVerified, out.string());
  }
  if (context.json) {
    nlohmann::json value = nlohmann::json::parse(toJson(report));
    value["file"] = out.string();
    context.object(value);
  } else {
    context.line(context.say("signed {} as {}", out.string(), nameOf(request.level)));
  }
  return context.exit;
}

void sign(Context& context, const Options& options) {
  const Site site = context.site();
  if (fs::exists(options.out) && !options.force) {
    throw CLI::ValidationError("-o", std::string(context.tr("the file exists already: use --force")));
  }
  const int code = signOutside(
      [&] { return keyFor(site, options); },
      [&](const SigningKey& key) { return static_cast<int>(signDocument(context, site, options, key)); });
  context.exit = static_cast<ExitCode>(code);
}

}  // namespace

void addSign(CLI::App& app, Context& context) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("sign", std::string(context.tr("sign one PDF, from anywhere")));
  command->add_option("FILE", options->in, std::string(context.tr("the PDF to sign; it stays as it is")))->required();
  command->add_option("-o,--output", options->out, std::string(context.tr("the signed PDF to write")))->required();
  command->add_flag("--force", options->force, std::string(context.tr("replace the output file")));
  command->add_option("--level", options->level, std::string(context.tr("B-B, B-T, B-LT or B-LTA; else as sohoa.toml says")))
      ->check([](const std::string& name) { return levelFromName(name) ? "" : name; });
  command->add_option("--field", options->field, std::string(context.tr("an empty signature field to fill, or the name of a new one")));
  command->add_option("--reason", options->reason, std::string(context.tr("reason for signing")));
  command->add_option("--location", options->location, std::string(context.tr("place of signing")));
  command->add_flag("--visible", options->visible, std::string(context.tr("with the agency's visible text on page 1")));
  command->add_option("--digest", options->digest, std::string(context.tr("SHA-256, SHA-384 or SHA-512")))
      ->check([](const std::string& name) { return digestFromName(name) ? "" : name; });
  command->add_flag("--pss", options->pss, std::string(context.tr("RSA with PSS padding")));
  CLI::Option* secret = command->add_option(
      "--secret-file", options->secret, std::string(context.tr("file with password or PIN, or credential:NAME of systemd")));
  CLI::Option* file = command->add_option("--pkcs12", options->pkcs12, std::string(context.tr("another key file than the site's")));
  CLI::Option* token = command->add_option("--pkcs11", options->pkcs11, std::string(context.tr("pkcs11: URI of a key on a token")));
  file->needs(secret)->excludes(token);
  token->needs(secret);
  command->callback([options, &context] { sign(context, *options); });
}

}  // namespace sohoa::cli
