// fuzz_seeds FOLDER: small honest and odd files for the fuzzers to begin with, in FOLDER/verify and
// FOLDER/cms. Made afresh, so that no key or big file lies in the repository.

#include <fmt/format.h>

#include <filesystem>

#include "tests/signing/attack_kit.h"
#include "tests/signing/cms_kit.h"
#include "tests/signing/foreign_pdf.h"

namespace sohoa::test {
namespace {

namespace fs = std::filesystem;

Time day(const char* text) { return *parseIsoTime(std::string(text) + "T00:00:00Z"); }

Identity someone(const char* keyType) {
  CertificateSpec spec = signer("Seed");
  spec.keyType = keyType;
  return issue(spec, &smallPki().ca);
}

void cmsSeeds(const fs::path& folder) {
  const SmallPki& pki = smallPki();
  int number = 0;
  const auto put = [&](const std::string& bytes) {
    spill(folder / fmt::format("{}.der", ++number), bytes);
  };
  const Time at = day("2023-06-01");
  for (const char* keyType : {"P-256", "RSA2048", "ED25519", "brainpoolP256r1"}) {
    const Identity who = someone(keyType);
    for (int kind = 0; kind < 8; ++kind) {
      CmsWish wish;
      wish.certificates = {&pki.ca};
      wish.digest = std::string_view(keyType) == "ED25519" ? EVP_sha512() : EVP_sha256();
      wish.pss = kind == 1 && std::string_view(keyType) == "RSA2048";
      wish.indefinite = kind == 2;
      if (kind == 3) wish.signingCertificate = 1;
      if (kind == 4) wish.crls = {makeCrl(pki.ca, {.from = at, .next = day("2024-06-01")})};
      if (kind == 5) wish.content = "inside";
      if (kind == 6) wish.signerInfos = 2;
      if (kind == 7) {
        wish.unsignedAttributes = {
            timestampAttribute(buildTimestamp(pki.tsa, "signed", at, {&pki.ca}))};
      }
      put(buildCms(who, "signed", wish));
    }
  }
  put(buildTimestamp(pki.tsa, "signed", at, {&pki.ca}));
  put(makeOcsp(pki.ocsp, pki.ca, pki.leaf, {.from = at, .next = day("2024-06-01")}));
  put(makeOcsp(pki.ocsp, pki.ca, pki.leaf,
               {.state = V_OCSP_CERTSTATUS_REVOKED, .revokedAt = at, .from = at}));
  put(makeCrl(pki.ca, {.revoked = {{&pki.leaf, at, 1}}, .from = at, .next = day("2024-06-01")}));
  put(pki.leaf.der());
}

void pdfSeeds(const fs::path& folder) {
  const SmallPki& pki = smallPki();
  const Time at = day("2023-06-01");
  const auto sign = [&](const std::string& text) {
    CmsWish wish;
    wish.certificates = {&pki.ca};
    return buildCms(pki.leaf, text, wish);
  };
  const auto stamp = [&](const std::string& text) {
    return buildTimestamp(pki.tsa, text, at, {&pki.ca});
  };
  HandSignature wish;
  wish.reserved = 2000;
  const std::string plain = PlainPdf{}.bytes(), one = handSigned(plain, wish, sign);
  spill(folder / "one.pdf", one);
  HandSignature second = wish;
  second.field = "Second";
  second.rect = "[300 300 400 400]";
  second.appearance = "q 1 g 0 0 9 9 re f Q BT /F 9 Tf (Signed) Tj ET";
  const std::string two = handSigned(one, second, sign);
  spill(folder / "two.pdf", two);
  HandSignature stamped = wish;
  stamped.field = "T";
  stamped.format = "ETSI.RFC3161";
  spill(folder / "stamped.pdf", handSigned(two, stamped, stamp));
  spill(folder / "page-changed.pdf",
        updated(one, {{3, "<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9]>>"}}));
  const std::string catalog = bodyOf(one, 1);
  spill(folder / "store.pdf",
        updated(one, {{1, catalog.substr(0, catalog.rfind(">>")) + "/DSS <</Certs [80 0 R]>>>>"},
                      {80, fmt::format("<</Length {}>>\nstream\n{}\nendstream", pki.ca.der().size(),
                                       pki.ca.der())}}));
  for (unsigned seed = 1; seed <= 24; ++seed) {
    const ForeignPdf pdf = foreignPdf(seed);
    if (pdf.bytes.size() < 30'000) spill(folder / fmt::format("foreign-{}.pdf", seed), pdf.bytes);
  }
}

}  // namespace
}  // namespace sohoa::test

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const std::filesystem::path folder = argv[1];
  sohoa::test::cmsSeeds(folder / "cms");
  sohoa::test::pdfSeeds(folder / "verify");
  return 0;
}
