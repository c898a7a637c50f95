#include "storage/ocfl/inventory_rules.h"

#include <gtest/gtest.h>

namespace sohoa {
namespace {

TEST(InventoryRules, KnowsDatesOfRfc3339) {
  for (const char* good : {"2019-01-01T02:03:04Z", "2021-03-31T08:22:37.241208990-05:00",
                           "2016-12-31t23:59:60z", "2021-09-10T14:30:20+07:00"}) {
    EXPECT_TRUE(isRfc3339(good)) << good;
  }
  for (const char* bad :
       {"", "2019-01-01", "2019-01-01T02:03:04", "2019-01-01T02:03Z", "2019-02-29T02:03:04Z",
        "2019-01-01 02:03:04Z", "2019-01-01T24:00:00Z", "2019-01-01T02:60:00Z",
        "2019-01-01T02:03:61Z", "2019-01-01T02:03:04.Z", "2019-01-01T02:03:04+7:00",
        "2019-01-01T02:03:04+07:00x", "2019-01-01T02:03:04.5", "2019-01-01T02:03:04+0700"}) {
    EXPECT_FALSE(isRfc3339(bad)) << bad;
  }
}

TEST(InventoryRules, KnowsUris) {
  for (const char* good : {"urn:sohoa:x", "mailto:a@b.vn", "https://orcid.org/0", "ark:/1/2"}) {
    EXPECT_TRUE(isUri(good)) << good;
  }
  for (const char* bad : {"", "x", ":x", "urn:", "a b:c", "1a:b", "urn:a b"}) {
    EXPECT_FALSE(isUri(bad)) << bad;
  }
}

TEST(InventoryRules, KnowsDeclarations) {
  EXPECT_TRUE(isDeclaration("0=ocfl_1.1"));
  EXPECT_TRUE(isDeclaration("12="));
  EXPECT_FALSE(isDeclaration("=x"));
  EXPECT_FALSE(isDeclaration("a=x"));
  EXPECT_EQ(declaredVersion("0=ocfl_1.1", "0=ocfl_"), "1.1");
  EXPECT_EQ(declaredVersion("0=ocfl_1", "0=ocfl_"), "");
  EXPECT_EQ(declaredVersion("0=ocfl_1.1.1", "0=ocfl_"), "");
  EXPECT_EQ(declaredVersion("0=ocfl_.1", "0=ocfl_"), "");
  EXPECT_EQ(declaredVersion("1=ocfl_1.1", "0=ocfl_"), "");
}

TEST(InventoryRules, ReadsSidecars) {
  EXPECT_EQ(sidecarDigest("aB12  inventory.json\n"), "aB12");
  EXPECT_EQ(sidecarDigest("ab\t inventory.json"), "ab");
  for (const char* bad : {"", "ab", "ab\n", "ab ", " ab inventory.json", "xy inventory.json",
                          "ab inventory.json x", "ab other.json", "ab  \n"}) {
    EXPECT_EQ(sidecarDigest(bad), "") << bad;
  }
}

}  // namespace
}  // namespace sohoa
