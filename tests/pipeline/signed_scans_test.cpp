#include "pipeline/intake/signed_scans.h"

#include <gtest/gtest.h>

#include "pipeline/intake/document_plan.h"

namespace sohoa {
namespace {

const std::string kPerson = "CN=Trần Thị Lan\\, văn thư,O=Sở TN&MT,C=VN";

IntakeFile signedScan() {
  IntakeFile file;
  file.original.name = "KQ1.pdf";
  file.original.pages = 1;
  file.kind = FileKind::pdf;
  file.alreadySigned = true;
  file.pages = {{1654, 2339, 200, 200, false}};
  return file;
}

CheckJob::Reply checkedAs(const std::vector<std::string>& signers) {
  CheckJob::Reply reply;
  reply.pages = 1;
  reply.verdict = "TOTAL-PASSED";
  for (const std::string& signer : signers) {
    CheckJob::Signature& one = reply.signatures.emplace_back();
    one.record.signer = signer;
    one.record.level = signer.starts_with("TSA") ? "timestamp" : "PAdES B-B";
    one.indication = "TOTAL-PASSED";
  }
  return reply;
}

TEST(ScanSigners, AreNamedByTheWholeSubjectOrTheCommonNameAlone) {
  EXPECT_TRUE(isScanSigner(kPerson, {"Khác", kPerson}));
  EXPECT_TRUE(isScanSigner(kPerson, {"Trần Thị Lan, văn thư"}));
  EXPECT_TRUE(isScanSigner("C=VN,O=Sở,CN=Lan", {"Lan"}));
  EXPECT_FALSE(isScanSigner(kPerson, {"Trần Thị Lan"})) << "a part of a name";
  EXPECT_FALSE(isScanSigner("O=CN\\=Lan,C=VN", {"Lan"})) << "not the common name";
  EXPECT_FALSE(isScanSigner("O=Lan\\,CN=Lan,C=VN", {"Lan"})) << "an escaped comma ends nothing";
  EXPECT_FALSE(isScanSigner("O=Sở,C=VN", {""}));
  EXPECT_FALSE(isScanSigner(kPerson, {}));
}

TEST(SignedScan, OfWhoScansIsDigitised) {
  IntakeFile file = signedScan();
  settleSignedScan(file, checkedAs({kPerson, "TSA"}), {kPerson});
  EXPECT_EQ(file.scanSigner, kPerson);
  EXPECT_EQ(file.receivedBecause, "");
  EXPECT_FALSE(file.asReceived());
  const auto planned = planDocuments({file});
  ASSERT_TRUE(planned);
  EXPECT_TRUE(planned->front().signedScan);
  EXPECT_FALSE(planned->front().asReceived);
  IntakeItem item;
  item.files = {file};
  EXPECT_EQ(pagesOf(item).size(), 1U) << "its page is read";
}

TEST(SignedScan, IsFiledAsReceivedWithTheReasonOtherwise) {
  const auto settled = [](IntakeFile file, const Result<CheckJob::Reply>& checked,
                          const std::vector<std::string>& signers) {
    settleSignedScan(file, checked, signers);
    EXPECT_TRUE(file.asReceived() && file.pages.empty()) << file.receivedBecause;
    return file.receivedBecause;
  };
  EXPECT_EQ(settled(signedScan(), checkedAs({kPerson}), {}), "as_received");
  EXPECT_EQ(settled(signedScan(), checkedAs({kPerson}), {"Khác"}), "as_received.signer");
  EXPECT_EQ(settled(signedScan(), checkedAs({kPerson, "CN=Khác"}), {kPerson}), "as_received.signer")
      << "one of two";
  EXPECT_EQ(settled(signedScan(), checkedAs({"TSA"}), {kPerson}), "as_received.signer")
      << "a timestamp is nobody's signature";
  CheckJob::Reply doubtful = checkedAs({kPerson});
  doubtful.verdict = "INDETERMINATE";
  EXPECT_EQ(settled(signedScan(), doubtful, {kPerson}), "as_received.signature");
  EXPECT_EQ(settled(signedScan(), checkedAs({}), {kPerson}), "as_received.signature");
  EXPECT_EQ(settled(signedScan(), ItemError{}, {kPerson}), "as_received.signature");
  IntakeFile text = signedScan();
  text.pages.clear();
  EXPECT_EQ(settled(text, checkedAs({kPerson}), {kPerson}), "as_received.not_scanned");
}

TEST(SignedScan, AsksForACheckOnlyWhereItMatters) {
  std::vector<std::filesystem::path> asked;
  IntakeTools tools;
  tools.check = [&](const std::vector<std::filesystem::path>& files) {
    asked = files;
    return std::vector<Result<CheckJob::Reply>>(files.size(), checkedAs({kPerson}));
  };
  IntakeFile plain = signedScan(), text = signedScan();
  plain.alreadySigned = false;
  text.pages.clear();
  std::vector<Result<IntakeFile>> inspected = {plain, text, ItemError{}, signedScan()};
  settleSignedScans(inspected, {"a", "b", "c", "d"}, tools, {kPerson});
  EXPECT_EQ(asked, (std::vector<std::filesystem::path>{"d"}));
  EXPECT_EQ(inspected[0]->receivedBecause, "");
  EXPECT_EQ(inspected[1]->receivedBecause, "as_received.not_scanned");
  EXPECT_EQ(inspected[3]->scanSigner, kPerson);
}

}  // namespace
}  // namespace sohoa
