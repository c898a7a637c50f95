#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>

#include "core/texts/json.h"
#include "pipeline/cli/base/context.h"
#include "pipeline/cli/commands.h"
#include "pipeline/site/agency_key.h"
#include "pipeline/site/appearance_case.h"
#include "pipeline/site/signing_services.h"
#include "signing/keys/remote_key.h"
#include "signing/verify/report_json.h"

namespace sohoa::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::string in, out, level, field, reason, location, pkcs11, pkcs12, secret, digest;
  std::string appearance, image, number, page, at;
  double imageMillimetres = 0;
  bool visible = false, pss = false, force = false;
};

std::optional<AppearanceCase> caseOf(const Site& site, const Options& options) {
  if (!options.appearance.empty()) return appearanceCaseFromName(options.appearance);
  if (options.visible) return site.config().signing.copyAppearance;
  return std::nullopt;
}

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

/// "X,Y" in millimetres.
bool readPlace(const std::string& text, Appearance& into) {
  char* end = nullptr;
  into.x = std::strtod(text.c_str(), &end);
  if (end == text.c_str() || *end != ',') return false;
  const char* second = end + 1;
  into.y = std::strtod(second, &end);
  into.place = AppearancePlace::given;
  return end != second && *end == '\0' && std::isfinite(into.x) && std::isfinite(into.y);
}

bool readPageNumber(const std::string& text, int& into) {
  if (text == "last") {
    into = -1;
    return true;
  }
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), into);
  return error == std::errc() && end == text.data() + text.size() && into > 0;
}

Appearance appearanceFor(const Site& site, const Options& options, const SigningKey& key, Time at) {
  const auto what = caseOf(site, options);
  if (!what) return {};
  AppearanceFacts facts;
  facts.signer = key.certificate().commonName;
  facts.number = options.number;
  if (!options.image.empty()) facts.image = fs::absolute(options.image);
  facts.imageMillimetres = options.imageMillimetres;
  Appearance shown = appearanceOf(*what, site, at, facts);
  if (!options.page.empty()) readPageNumber(options.page, shown.page);
  if (!options.at.empty()) readPlace(options.at, shown);
  return shown;
}

SignatureRequest requestOf(const Site& site, const Options& options, const SigningKey& key) {
  SignatureRequest request = agencySignature(site, site.clock()->now());
  // The form of copy is the reason of a copy alone.
  const auto what = caseOf(site, options);
  if (what && *what != AppearanceCase::copy && *what != AppearanceCase::incoming) {
    request.reason.clear();
  }
  request.appearance = appearanceFor(site, options, key, request.at);
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
  const SignatureRequest request = requestOf(site, options, key);
  const SiteServices services(site);
  const KeyState state = checkKey(key, services.get(), request.at);
  if (state.daysLeft <= kWarnDaysBefore) {
    fmt::print(
        stderr, "sohoa: {}\n",
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
        return one.digestMatches && one.signatureMatches &&
               one.serial == key.certificate().serial &&
               levelFromName(one.level).value_or(SignatureLevel::bB) >= request.level;
      });
  if (!holds) {
    fs::remove(out);
    throw BatchError(Cause::signatureNotVerified, out.string());
  }
  if (context.json) {
    nlohmann::json value = parseJson(toJson(report));
    value["file"] = out.string();
    context.object(value);
  } else {
    context.line(context.say("signed {} as {}", out.string(), nameOf(request.level)));
  }
  return context.exit;
}

/// What a case asks for beyond the options' own form.
void requireCase(const Context& context, const Site& site, const Options& options) {
  const auto what = caseOf(site, options);
  if (!what) return;
  const auto refuse = [&](const char* option, const char* why) {
    throw UsageError(option, std::string(context.tr(why)));
  };
  const bool ownKey = !options.pkcs11.empty() || !options.pkcs12.empty();
  if (isPersonal(*what) && !ownKey) {
    refuse("--appearance", textId("a person signs with a key of their own: --pkcs11 or --pkcs12"));
  }
  if (*what == AppearanceCase::attachment && options.number.empty()) {
    refuse("--number", textId("an attachment shows the number and symbol of its main document"));
  }
  const bool seal = *what == AppearanceCase::agency || *what == AppearanceCase::incoming;
  const bool missing = options.image.empty() && (!seal || site.config().signing.seal.empty());
  if (missing && (seal || *what == AppearanceCase::person)) {
    refuse("--image", textId("a PNG with a transparent ground is needed"));
  }
}

void sign(Context& context, const Options& options) {
  const Site site = context.site();
  requireCase(context, site, options);
  if (fs::exists(options.out) && !options.force) {
    throw UsageError("-o", std::string(context.tr("the file exists already: use --force")));
  }
  const int code = signOutside([&] { return keyFor(site, options); },
                               [&](const SigningKey& key) {
                                 return static_cast<int>(signDocument(context, site, options, key));
                               });
  context.exit = static_cast<ExitCode>(code);
}

}  // namespace

void addSign(Command app, Context& context) {
  const auto options = std::make_shared<Options>();
  Command command = app.subcommand("sign", std::string(context.tr("sign one PDF, from anywhere")));
  command.option("FILE", options->in, std::string(context.tr("the PDF to sign; it stays as it is")))
      .required();
  command.option("-o,--output", options->out, std::string(context.tr("the signed PDF to write")))
      .required();
  command.flag("--force", options->force, std::string(context.tr("replace the output file")));
  command
      .option("--level", options->level,
              std::string(context.tr("B-B, B-T, B-LT or B-LTA; else as sohoa.toml says")))
      .check([](const std::string& name) { return levelFromName(name) ? std::string() : name; });
  command.option(
      "--field", options->field,
      std::string(context.tr("an empty signature field to fill, or the name of a new one")));
  command.option("--reason", options->reason, std::string(context.tr("reason for signing")));
  command.option("--location", options->location, std::string(context.tr("place of signing")));
  command.flag("--visible", options->visible,
               std::string(context.tr("with the agency's visible text on page 1")));
  command
      .option("--appearance", options->appearance,
              std::string(
                  context.tr("what is shown: copy, incoming, agency, person, attachment or scan")))
      .check([](const std::string& name) {
        return appearanceCaseFromName(name) ? std::string() : name;
      });
  command.option(
      "--image", options->image,
      std::string(context.tr("PNG of the seal or the hand signature, its ground transparent")));
  command
      .option("--image-mm", options->imageMillimetres,
              std::string(context.tr("width of the image in millimetres; else as the PNG says")))
      .range(1.0, 200.0);
  command.option(
      "--number", options->number,
      std::string(context.tr("number and symbol of the main document, for an attachment")));
  command
      .option("--page", options->page,
              std::string(context.tr("the page to show it on: a number, or 'last'")))
      .check([](const std::string& text) {
        int page = 0;
        return readPageNumber(text, page) ? "" : text;
      });
  command
      .option(
          "--at", options->at,
          std::string(context.tr("its middle: X,Y in millimetres from the left and upper edge")))
      .check([](const std::string& text) {
        Appearance shown;
        return readPlace(text, shown) ? "" : text;
      });
  command
      .option("--digest", options->digest, std::string(context.tr("SHA-256, SHA-384 or SHA-512")))
      .check([](const std::string& name) { return digestFromName(name) ? std::string() : name; });
  command.flag("--pss", options->pss, std::string(context.tr("RSA with PSS padding")));
  Option secret = command.option(
      "--secret-file", options->secret,
      std::string(context.tr("file with password or PIN, or credential:NAME of systemd")));
  Option file = command.option("--pkcs12", options->pkcs12,
                               std::string(context.tr("another key file than the site's")));
  Option token = command.option("--pkcs11", options->pkcs11,
                                std::string(context.tr("pkcs11: URI of a key on a token")));
  file.needs(secret).excludes(token);
  token.needs(secret);
  command.action([options, &context] { sign(context, *options); });
}

}  // namespace sohoa::cli
