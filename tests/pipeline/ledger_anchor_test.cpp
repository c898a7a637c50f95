#include "pipeline/audit/ledger_anchor.h"

#include <gmock/gmock.h>

#include "pipeline/site/agency_key.h"
#include "tests/pipeline/filed_site.h"
#include "tests/support/process.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;
using test::FiledSite;
using testing::HasSubstr;

class AnchorTest : public testing::Test {
 protected:
  std::optional<Anchor> anchor(bool always = true, Time at = SystemClock().now()) const {
    return makeAnchor(site_.site(), loadKey(site_.site()), FixedClock(at), always);
  }
  std::string lines() const { return test::slurp(site_.site().ledger()); }
  void setLines(const std::string& text) const { test::spill(site_.site().ledger(), text); }
  FiledSite site_{2, FiledSite::Keys::demonstration};
};

TEST_F(AnchorTest, SignsTheHeadOnceADayAndOnlyWhenThereIsSomethingNew) {
  const Time now = SystemClock().now();
  ASSERT_TRUE(anchor(false, now));
  EXPECT_FALSE(anchor(true, now)) << "nothing but the anchor's own entry came after";
  site_.file(3);
  EXPECT_FALSE(anchor(false, now)) << "once on a day";
  EXPECT_TRUE(anchor(false, now + std::chrono::hours(24)));
  EXPECT_EQ(site_.auditErrors(false), "");
}

TEST_F(AnchorTest, WhoseLedgerEntryAKillPreventedIsEnteredByTheNextCall) {
  const std::string before = lines();
  const auto made = anchor();
  const std::string after = lines();
  setLines(before);
  EXPECT_EQ(anchor(false)->entries, made->entries);
  EXPECT_EQ(lines(), after);
}

TEST_F(AnchorTest, IsCheckedByOpensslAlone) {
  const auto made = anchor();
  const fs::path file = site_.site().anchors() / "000000000002.json";
  ASSERT_EQ(made->entries, 2u);
  const auto result = test::runCommand(
      {"openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", file.string() + ".p7s",
       "-content", file.string(), "-CAfile", (site_.site().trust() / "demo-root.pem").string(),
       "-purpose", "any", "-out", (site_.folder() / "out").string()});
  EXPECT_TRUE(result.ok()) << result.describe();
}

TEST_F(AnchorTest, FindsATailThatWasCutOff) {
  anchor();
  const std::string all = lines();
  setLines(all.substr(0, all.find('\n') + 1));
  EXPECT_THAT(site_.auditErrors(false),
              HasSubstr("anchor entry 2 is missing: 2 entries were anchored, 1 are there"));
}

TEST_F(AnchorTest, FindsALedgerThatWasWrittenAnew) {
  anchor();
  // A whole new chain with a changed first entry: valid in itself.
  std::vector<LedgerEntry> entries;
  Ledger(site_.site().ledger()).forEach([&](const LedgerEntry& e) { entries.push_back(e); });
  fs::remove(site_.site().ledger());
  entries[0].actor = "somebody else";
  for (const LedgerEntry& entry : entries) Ledger(site_.site().ledger()).append(entry);
  EXPECT_FALSE(Ledger(site_.site().ledger()).check().firstBroken);
  EXPECT_THAT(site_.auditErrors(false), HasSubstr("the ledger was written anew"));
}

TEST_F(AnchorTest, MissesAnAnchorThatWasTakenAwayAndOneThatWasChanged) {
  anchor();
  site_.file(3);
  anchor();
  const fs::path first = site_.site().anchors() / "000000000002.json";
  const std::string statement = test::slurp(first);
  fs::remove(first);
  EXPECT_THAT(site_.auditErrors(false), HasSubstr("named in the ledger but missing"));
  std::string changed = statement;
  changed.replace(changed.find("\"at\":\"20") + 6, 4, "2031");
  test::spill(first, changed);
  EXPECT_THAT(site_.auditErrors(false), HasSubstr("its signature does not hold"));
  test::spill(first, statement);
  EXPECT_EQ(site_.auditErrors(false), "");
  fs::remove(first.native() + ".p7s");
  EXPECT_THAT(site_.auditErrors(false), HasSubstr("its signature does not hold"));
}

TEST_F(AnchorTest, OfAForeignSignerIsNotTrusted) {
  const FiledSite other(1, FiledSite::Keys::demonstration);
  const fs::path keys = site_ / "keys";
  for (const char* name : {"agency.p12", "agency.password"}) {
    fs::copy_file(other / "keys" / name, keys / name, fs::copy_options::overwrite_existing);
  }
  anchor();
  EXPECT_THAT(site_.auditErrors(false), HasSubstr("its signer is not trusted"));
}

TEST_F(AnchorTest, KeepsATimestampWhereOneIsHad) {
  makeAnchor(site_.site(), loadKey(site_.site()), SystemClock(), true, [](const std::string& cms) {
    return std::optional("token over " + std::to_string(cms.size()));
  });
  EXPECT_THAT(test::slurp(site_.site().anchors() / "000000000002.json.p7s.tst"),
              HasSubstr("token over"));
  EXPECT_EQ(site_.auditErrors(false), "");
}

}  // namespace
}  // namespace sohoa
