#include "pipeline/agency_key.h"

#include <fmt/core.h>

#include <vector>

#include "core/durable.h"
#include "pipeline/shared_work.h"
#include "core/result.h"

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
  return fmt::format("{}xref\n0 4\n{}trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n{}\n%%EOF\n", pdf, xref,
                     pdf.size());
}

}  // namespace

SigningKey loadKey(const Site& site) {
  std::string password;
  try {
    password = readFile(site.passwordFile());
  } catch (const fs::filesystem_error& error) {
    throw BatchError(Cause::keyMissing, error.what());
  }
  while (!password.empty() && (password.back() == '\n' || password.back() == '\r')) password.pop_back();
  return SigningKey::fromPkcs12(site.pkcs12(), password);
}

SignatureRequest agencySignature(const Config& config, Time at) {
  SignatureRequest request;
  request.reason = config.formOfCopy;
  request.at = at;
  request.appearance.lines = {config.formOfCopy, config.agency, isoVietnam(at)};
  request.appearance.font = config.font.string();
  return request;
}

void trySigning(const Site& site, const SigningKey& key, Time at) {
  // Another host may be trying at the same time.
  const std::string name = SharedWork::newHolder();
  const fs::path blank = site.work() / (name + ".trial.pdf"), trial = site.work() / (name + ".signed.pdf");
  writeFileDurably(blank, blankPage());
  const auto done = signPdf(blank, trial, key, agencySignature(site.config(), at));
  if (!done) throw BatchError(Cause::signingStopped, done.error().item + ": " + done.error().detail);
  fs::remove(trial);
  fs::remove(blank);
}

}  // namespace sohoa
