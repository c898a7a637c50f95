#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "signing/verify/report_json.h"
#include "signing/verify/report_text.h"
#include "tests/signing/signing_bench.h"

namespace sohoa::test {
namespace {

class Describe : public SigningTest {};

TEST_F(Describe, SaysTheVerdictInBothLanguages) {
  const VerificationReport report = verify(signedFile(PlainPdf{}.bytes(), visible()));
  EXPECT_THAT(describe(report, Language::vi), testing::StartsWith("HỢP LỆ: "));
  EXPECT_THAT(describe(report, Language::en), testing::StartsWith("VALID: "));
  EXPECT_THAT(describe(report, Language::vi), testing::HasSubstr(kAgency));
  EXPECT_THAT(describe(report, Language::vi), testing::HasSubstr("2021-09-10T14:30:20+07:00"));
  EXPECT_THAT(describe(report, Language::vi), testing::HasSubstr("thu hồi"))
      << "revocation unchecked";
}

TEST_F(Describe, SaysWhatIsWrong) {
  std::string bytes = slurp(signedFile(PlainPdf{}.bytes(), visible()));
  bytes[bytes.find("Hello World")] = 'J';
  const VerificationReport report = verifyBytes(bytes);
  EXPECT_THAT(describe(report, Language::vi), testing::StartsWith("KHÔNG HỢP LỆ: "));
  EXPECT_THAT(describe(report, Language::vi),
              testing::HasSubstr("Tài liệu bị thay đổi sau khi ký."));
  EXPECT_THAT(describe(report, Language::en), testing::HasSubstr("TOTAL-FAILED, HASH_FAILURE"));
  EXPECT_THAT(describe(verifyBytes("x"), Language::vi), testing::StartsWith("CHƯA XÁC ĐỊNH ĐƯỢC"));
  EXPECT_THAT(describe(verifyBytes(PlainPdf{}.bytes()), Language::vi),
              testing::StartsWith("KHÔNG CÓ CHỮ KÝ"));
}

TEST_F(Describe, JsonHasTheDocumentedKeys) {
  const auto page =
      nlohmann::json::parse(toJson(verify(signedFile(PlainPdf{}.bytes(), visible()))));
  EXPECT_EQ(page["verdict"], "valid");
  EXPECT_EQ(page["validated_at"], "2021-10-01T00:00:00Z");
  ASSERT_EQ(page["signatures"].size(), 1u);
  const auto& s = page["signatures"][0];
  EXPECT_EQ(s["field"], "Signature1");
  EXPECT_EQ(s["kind"], "signature");
  EXPECT_EQ(s["intact"], true);
  EXPECT_EQ(s["coverage"], "whole");
  EXPECT_EQ(s["changes_after"], "none");
  EXPECT_EQ(s["indication"], "TOTAL-PASSED");
  EXPECT_EQ(s["sub_indication"], "");
  EXPECT_EQ(s["level"], "B-B");
  EXPECT_EQ(s["trusted"], true);
  EXPECT_EQ(s["signing_time"], "2021-09-10T07:30:20Z");
  EXPECT_TRUE(s["proven_time"].is_null());
  const auto broken = nlohmann::json::parse(toJson(verifyBytes("%PDF-1.4 x")));
  EXPECT_EQ(broken["verdict"], "malformed");
  EXPECT_NE(broken["reason"], "");
}

}  // namespace
}  // namespace sohoa::test
