#include "signing/verify/evidence.h"

#include <fmt/format.h>

#include <fstream>

#include "pdf/util/mapped_file.h"
#include "signing/base/openssl_handles.h"
#include "signing/verify/report_json.h"
#include "signing/verify/report_text.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

void put(const fs::path& file, std::string_view bytes) {
  std::ofstream out(file, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.flush();
  if (!out) {
    throw fs::filesystem_error("not written", file, std::make_error_code(std::errc::io_error));
  }
}

std::string pemOf(const std::vector<std::string>& certificates) {
  std::string all;
  for (const std::string& der : certificates) {
    std::string base64(der.size() / 3 * 4 + 8, '\0');
    const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(base64.data()), bytesOf(der),
                                     static_cast<int>(der.size()));
    all += "-----BEGIN CERTIFICATE-----\n";
    for (int at = 0; at < size; at += 64) {
      all += base64.substr(static_cast<std::size_t>(at),
                           static_cast<std::size_t>(std::min(64, size - at))) +
             "\n";
    }
    all += "-----END CERTIFICATE-----\n";
  }
  return all;
}

constexpr char kScript[] =
    "#!/bin/sh\n"
    "# Checks digest, signature value and path again, with OpenSSL alone; trust is anchor.pem.\n"
    "cd \"$(dirname \"$0\")\" || exit 1\n"
    "exec openssl cms -verify -binary -inform DER -in signature.cms -content signed-bytes.bin \\\n"
    "  -purpose any -partial_chain -no_check_time -CAfile anchor.pem -certfile path.pem -out "
    "/dev/null\n";
constexpr char kTimestampScript[] =
    "#!/bin/sh\n"
    "# Checks the timestamp token again, with OpenSSL alone; trust is anchor.pem.\n"
    "cd \"$(dirname \"$0\")\" || exit 1\n"
    "exec openssl ts -verify -data signed-bytes.bin -token_in -in signature.cms \\\n"
    "  -partial_chain -CAfile anchor.pem -untrusted path.pem\n";

void writeSignature(const SignatureReport& s, std::string_view bytes, const fs::path& folder) {
  fs::create_directories(folder);
  const SignatureReport::Evidence& e = s.evidence;
  const auto& [start, first, next, second] = e.byteRange;
  if (first > bytes.size() || next > bytes.size() || second > bytes.size() - next) return;
  if (e.signedEnd > 0) put(folder / "signed-revision.pdf", bytes.substr(0, e.signedEnd));
  put(folder / "signed-bytes.bin",
      std::string(bytes.substr(0, first)) + std::string(bytes.substr(next, second)));
  put(folder / "signature.cms", e.cms);
  put(folder / "signature-value.bin", e.value);
  for (std::size_t i = 0; i < e.certificates.size(); ++i) {
    put(folder / fmt::format("certificate-{}.der", i + 1), e.certificates[i]);
  }
  if (!e.certificates.empty()) {
    put(folder / "path.pem", pemOf(e.certificates));
    put(folder / "anchor.pem", pemOf({e.certificates.back()}));
    const bool timestamp = s.kind == SignatureReport::Kind::timestamp;
    put(folder / "check.sh", timestamp ? kTimestampScript : kScript);
  }
  for (std::size_t i = 0; i < e.revocation.size(); ++i) {
    put(folder / fmt::format("revocation-{}.der", i + 1), e.revocation[i]);
  }
  for (std::size_t i = 0; i < e.timestamps.size(); ++i) {
    put(folder / fmt::format("timestamp-{}.tst", i + 1), e.timestamps[i]);
  }
}

}  // namespace

void writeEvidence(const VerificationReport& report, const fs::path& file, const fs::path& folder) {
  fs::create_directories(folder);
  put(folder / "verdict.json", toJson(report) + "\n");
  put(folder / "verdict.vi.txt", describe(report, Language::vi));
  put(folder / "verdict.en.txt", describe(report, Language::en));
  if (report.signatures.empty() || report.unreadable) return;
  const MappedFile mapped(file);
  for (std::size_t i = 0; i < report.signatures.size(); ++i) {
    writeSignature(report.signatures[i], mapped.bytes(),
                   folder / fmt::format("signature-{}", i + 1));
  }
}

}  // namespace sohoa
