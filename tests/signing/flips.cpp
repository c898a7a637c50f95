#include "tests/signing/flips.h"

#include <fmt/format.h>

#include <set>
#include <stdexcept>

#include "signing/verify/report_text.h"
#include "tests/signing/plain_pdf.h"
#include "tests/signing/test_services.h"

namespace sohoa::test {
namespace {

std::vector<FlipFile> make() {
  TestServices services;
  const TemporaryFolder folder;
  const SigningKey key = services.key("P-256");  // small, and quick to verify
  std::vector<FlipFile> all;
  spill(folder / "in.pdf", PlainPdf{}.bytes());
  const auto anchors = std::make_shared<TrustAnchors>(TrustAnchors::fromFolder(services.trust()));
  for (const auto& [name, level] :
       {std::pair{"B-B", SignatureLevel::bB}, std::pair{"B-T", SignatureLevel::bT},
        std::pair{"B-LTA", SignatureLevel::bLTA}}) {
    SignatureRequest request;
    request.at = SystemClock().now();
    request.level = level;
    const auto made =
        signPdf(folder / "in.pdf", folder / "out.pdf", key, request, services.services());
    if (!made) throw std::runtime_error(made.error().detail);
    FlipFile file{name, slurp(folder / "out.pdf"), anchors, {}};
    file.options.at = file.options.now = SystemClock().now() + std::chrono::minutes{1};
    file.options.revocation = VerificationOptions::Revocation::available;
    const VerificationReport report = verifyBytes(file.bytes, *anchors, file.options);
    if (verdictOf(report) != "valid") throw std::runtime_error(describe(report, Language::en));
    all.push_back(std::move(file));
  }
  return all;
}

}  // namespace

const std::vector<FlipFile>& flipFiles() {
  static const std::vector<FlipFile> made = make();
  return made;
}

FlipResult flipsThatPass(const FlipFile& file, std::size_t first, std::size_t step, bool few) {
  FlipResult result;
  std::string bytes = file.bytes;
  for (std::size_t i = first; i < bytes.size(); i += step) {
    const char was = bytes[i];
    std::set<char> others;
    for (int bit = 0; bit < 8; ++bit) others.insert(static_cast<char>(was ^ (1 << bit)));
    for (const char other : std::string("\0 \n09afAF(%\xff", 12)) others.insert(other);
    if (few) others = {static_cast<char>(was ^ 1), static_cast<char>(was ^ 32)};
    others.erase(was);
    for (const char other : others) {
      bytes[i] = other;
      ++result.tried;
      if (verdictOf(verifyBytes(bytes, *file.anchors, file.options)) != "valid") continue;
      result.passed.push_back(fmt::format(
          "byte {}: {:02x} → {:02x} in \"{}\"", i, static_cast<unsigned char>(was),
          static_cast<unsigned char>(other), file.bytes.substr(i > 20 ? i - 20 : 0, 40)));
    }
    bytes[i] = was;
  }
  return result;
}

}  // namespace sohoa::test
