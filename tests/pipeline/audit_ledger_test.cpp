#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/pipeline/filed_site.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;
using test::FiledSite;
using testing::HasSubstr;

// Files, inventories and sidecars alike: the object is good OCFL and its metadata fit.
TEST(AuditOfTheLedger, FindsAnObjectThatWasWrittenAnewAsAWhole) {
  const FiledSite site(2), other;
  ASSERT_EQ(site.auditErrors(), "");
  other.file(1, 1, "thay thế");
  fs::remove_all(site.objectPlace(1));
  fs::copy(other.objectPlace(1), site.objectPlace(1), fs::copy_options::recursive);
  const std::string errors = site.auditErrors(false);
  EXPECT_THAT(errors, HasSubstr("ledger " + FiledSite::object(1) +
                                " entry 1 states another hash of inventory"));
  EXPECT_THAT(errors, testing::Not(HasSubstr("ledger " + FiledSite::object(2))));
}

TEST(AuditOfTheLedger, FindsAnEarlierVersionThatWasWrittenAnew) {
  const FiledSite site, other;
  for (const FiledSite* one : {&site, &other}) one->file(1, 1, one == &site ? "đúng" : "sai");
  for (const FiledSite* one : {&site, &other}) one->file(1, 2, "bản thứ hai");
  ASSERT_EQ(site.auditErrors(), "");
  fs::remove_all(site.objectPlace(1));
  fs::copy(other.objectPlace(1), site.objectPlace(1), fs::copy_options::recursive);
  EXPECT_THAT(site.auditErrors(), HasSubstr("in version 1"));
}

}  // namespace
}  // namespace sohoa
