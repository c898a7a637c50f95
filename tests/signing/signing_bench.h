#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "core/clock.h"
#include "core/durable.h"
#include "signing/keys/demo_pki.h"
#include "signing/pades/pades.h"
#include "signing/verify/report_json.h"
#include "signing/verify/report_text.h"
#include "signing/verify/verify.h"
#include "tests/signing/plain_pdf.h"
#include "tests/support/files.h"
#include "tests/support/process.h"

namespace sohoa::test {

/// What every test of signing needs: one demo PKI for the whole program, a folder for the test.
class SigningTest : public testing::Test {
 public:
  static constexpr char kAgency[] = "Sở Tài nguyên và Môi trường tỉnh Quảng Bình";

 protected:
  static const std::filesystem::path& keys();
  static const std::filesystem::path& trust();
  static const SigningKey& key();
  static const TrustAnchors& anchors();
  static std::string password();
  static Time signingTime() { return *parseIsoTime("2021-09-10T14:30:20+07:00"); }
  static Time today() { return *parseIsoTime("2021-10-01T00:00:00Z"); }

  SignatureRequest visible() const;
  SignatureRequest invisible() const;
  /// Writes the bytes as a file of the test's folder.
  std::filesystem::path file(const std::string& name, const std::string& bytes) const;
  /// Signs and gives the signed file; fails the test otherwise.
  std::filesystem::path signedFile(const std::string& bytes, const SignatureRequest& request,
                                   const std::string& name = "signed.pdf") const;
  VerificationReport verify(const std::filesystem::path& path) const;
  VerificationReport verifyBytes(const std::string& bytes) const;

  TemporaryFolder folder_;
};

/// What pdfsig says; it is a judge of digest, signature value and coverage only.
struct PdfsigVerdict {
  int valid = 0;  ///< "Signature is Valid."
  int signatures = 0;
  bool lastIsTotal = false;  ///< "Total document signed" of the last one
  std::string output;
};
PdfsigVerdict pdfsig(const std::filesystem::path& file);
/// `qpdf --check` without errors or warnings.
testing::AssertionResult qpdfFindsNoFault(const std::filesystem::path& file);

/// The parts of the one (or the last) signature of a file as they stand in its bytes, found without
/// our reader.
struct RawSignature {
  std::size_t gapBegin = 0, gapEnd = 0;  ///< from '<' to after '>'
  std::string cms;                       ///< decoded, with padding
  std::string signedBytes;
  std::size_t rangeBegin = 0, rangeEnd = 0;  ///< of the four numbers between the brackets
};
RawSignature rawSignature(const std::string& bytes);
/// Every signature of a file in the order of its bytes, found without our reader.
std::vector<RawSignature> rawSignatures(const std::string& bytes);

}  // namespace sohoa::test
