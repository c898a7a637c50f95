#include "tests/signing/signing_bench.h"

#include <cstdio>
#include <sstream>
#include <stdexcept>

namespace sohoa::test {
namespace {

struct Pki {
  TemporaryFolder folder;
  std::filesystem::path keys = folder / "keys", trust = folder / "trust";
  Pki() { makeDemoPki(keys, trust, SigningTest::kAgency, SystemClock().now()); }
};

const Pki& pki() {
  static const Pki made;
  return made;
}

}  // namespace

const std::filesystem::path& SigningTest::keys() { return pki().keys; }
const std::filesystem::path& SigningTest::trust() { return pki().trust; }
std::string SigningTest::password() { return slurp(keys() / "agency.password"); }

const SigningKey& SigningTest::key() {
  static const SigningKey loaded = SigningKey::fromPkcs12(keys() / "agency.p12", password());
  return loaded;
}

const TrustAnchors& SigningTest::anchors() {
  static const TrustAnchors read = TrustAnchors::fromFolder(trust());
  return read;
}

SignatureRequest SigningTest::visible() const {
  SignatureRequest request = invisible();
  request.appearance.lines = {"SAO Y", kAgency, isoVietnam(request.at)};
  return request;
}

SignatureRequest SigningTest::invisible() const {
  SignatureRequest request;
  request.at = signingTime();
  request.reason = "Bản số hóa từ bản giấy";
  return request;
}

std::filesystem::path SigningTest::file(const std::string& name, const std::string& bytes) const {
  spill(folder_ / name, bytes);
  return folder_ / name;
}

std::filesystem::path SigningTest::signedFile(const std::string& bytes,
                                              const SignatureRequest& request,
                                              const std::string& name) const {
  const auto in = file("unsigned-" + name, bytes);
  const auto out = folder_ / name;
  const auto done = signPdf(in, out, key(), request);
  if (!done) throw std::runtime_error("not signed: " + done.error().detail);
  return out;
}

VerificationReport SigningTest::verify(const std::filesystem::path& path) const {
  return verifyPdf(path, anchors(), today());
}

VerificationReport SigningTest::verifyBytes(const std::string& bytes) const {
  return verify(file("verified.pdf", bytes));
}

PdfsigVerdict pdfsig(const std::filesystem::path& file) {
  PdfsigVerdict verdict;
  verdict.output = runCommand({"pdfsig", "-nocert", file.string()}).out;
  std::istringstream lines(verdict.output);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("Signature #")) {
      ++verdict.signatures;
      verdict.lastIsTotal = false;
    }
    if (line.find("Signature is Valid.") != std::string::npos) ++verdict.valid;
    if (line.find("  - Total document signed") != std::string::npos) verdict.lastIsTotal = true;
  }
  return verdict;
}

testing::AssertionResult qpdfFindsNoFault(const std::filesystem::path& file) {
  const CommandResult result = runCommand({"qpdf", "--check", file.string()});
  if (result.ok() && result.err.empty()) return testing::AssertionSuccess();
  return testing::AssertionFailure() << result.describe();
}

RawSignature rawSignature(const std::string& bytes) {
  RawSignature raw;
  const std::size_t range = bytes.rfind("/ByteRange [");
  if (range == std::string::npos) throw std::runtime_error("no /ByteRange");
  raw.rangeBegin = range + 12;
  raw.rangeEnd = bytes.find(']', raw.rangeBegin);
  std::size_t a = 0, b = 0, c = 0, d = 0;
  if (std::sscanf(bytes.c_str() + raw.rangeBegin, "%zu %zu %zu %zu", &a, &b, &c, &d) != 4) {
    throw std::runtime_error("no byte range");
  }
  raw.gapBegin = b;
  raw.gapEnd = c;
  raw.signedBytes = bytes.substr(a, b) + bytes.substr(c, d);
  for (std::size_t i = b + 1; i + 2 < c; i += 2) {
    raw.cms += static_cast<char>(std::stoi(bytes.substr(i, 2), nullptr, 16));
  }
  return raw;
}

std::vector<RawSignature> rawSignatures(const std::string& bytes) {
  std::vector<RawSignature> all;
  for (std::size_t at = bytes.find("/ByteRange ["); at != std::string::npos;
       at = bytes.find("/ByteRange [", at + 1)) {
    RawSignature raw;
    std::size_t a = 0, b = 0, c = 0, d = 0;
    if (std::sscanf(bytes.c_str() + at + 12, "%zu %zu %zu %zu", &a, &b, &c, &d) != 4) continue;
    raw.gapBegin = b;
    raw.gapEnd = c;
    raw.signedBytes = bytes.substr(a, b) + bytes.substr(c, d);
    for (std::size_t i = b + 1; i + 2 < c; i += 2) {
      raw.cms += static_cast<char>(std::stoi(bytes.substr(i, 2), nullptr, 16));
    }
    all.push_back(std::move(raw));
  }
  return all;
}

}  // namespace sohoa::test
