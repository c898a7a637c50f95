#include "pipeline/site/agency_key.h"

#include <fmt/core.h>

#include <vector>

#include "core/durable.h"
#include "core/result.h"
#include "pipeline/site/appearance_case.h"
#include "pipeline/site/shared_work.h"
#include "pipeline/site/signing_services.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

/// The smallest PDF with one blank A4 page.
std::string blankPage() {
  const std::vector<std::string> objects = {
      "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> >>"};
  std::string pdf = "%PDF-1.4\n", xref = "0000000000 65535 f \n";
  for (std::size_t i = 0; i < objects.size(); ++i) {
    xref += fmt::format("{:010} 00000 n \n", pdf.size());
    pdf += fmt::format("{} 0 obj\n{}\nendobj\n", i + 1, objects[i]);
  }
  return fmt::format("{}xref\n0 4\n{}trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n{}\n%%EOF\n",
                     pdf, xref, pdf.size());
}

}  // namespace

SigningKey loadKey(const Site& site) {
  const Config& config = site.config();
  if (!config.signing.pkcs11.empty()) {
    return SigningKey::fromPkcs11(config.signing.pkcs11, readSecret(site, config.signing.pinFile));
  }
  return SigningKey::fromPkcs12(site.pkcs12(), readSecret(site, config.signing.passwordFile));
}

SignatureRequest agencySignature(const Site& site, Time at) {
  const Config& config = site.config();
  SignatureRequest request;
  request.reason = config.signing.formOfCopy;
  request.at = at;
  request.appearance = appearanceOf(config.signing.copyAppearance, site, at);
  request.location = config.signing.location;
  request.level = config.signing.level;
  request.algorithm = {config.signing.digest, config.signing.rsaPss};
  return request;
}

void trySigning(const Site& site, const SigningKey& key, Time at) {
  // Another host may be testing at the same time.
  const std::string name = SharedWork::newHolder();
  const fs::path blank = site.work() / (name + ".trial.pdf"),
                 trial = site.work() / (name + ".signed.pdf");
  writeFileDurably(blank, blankPage());
  SignatureRequest request = agencySignature(site, at);
  request.level = SignatureLevel::bB;  // do not use up a timestamp
  const auto done = signPdf(blank, trial, key, request);
  if (!done)
    throw BatchError(Cause::signingStopped, done.error().item + ": " + done.error().detail);
  fs::remove(trial);
  fs::remove(blank);
}

}  // namespace sohoa
