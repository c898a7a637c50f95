#include "core/cause.h"

#include <gtest/gtest.h>
#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <set>
#include <string>
#include <vector>

#include "core/result.h"

namespace sohoa {
namespace {

const std::vector<Cause> kAll = {
#define SOHOA_CAUSE(name, code, disposition, en, vi) Cause::name,
#include "core/cause.def"
#undef SOHOA_CAUSE
};

/// NFC of UTF-8 text; empty when it is not UTF-8.
std::string composed(std::string_view text) {
  utf8proc_uint8_t* result = nullptr;
  const auto length = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                   static_cast<utf8proc_ssize_t>(text.size()), &result,
                                   static_cast<utf8proc_option_t>(UTF8PROC_COMPOSE));
  std::string out;
  if (length >= 0) {
    out.assign(reinterpret_cast<const char*>(result), static_cast<std::size_t>(length));
  }
  std::free(result);
  return out;
}

bool ascii(std::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) > 126 || c < 32) return false;
  }
  return true;
}

TEST(CauseTable, GivesEveryCauseACodeOfItsOwn) {
  std::set<std::string_view> seen;
  for (const Cause cause : kAll) {
    EXPECT_TRUE(seen.insert(codeOf(cause)).second) << codeOf(cause) << " stands twice";
  }
  EXPECT_GT(seen.size(), 40U);
}

TEST(CauseTable, WritesCodesAsGroupDotReason) {
  for (const Cause cause : kAll) {
    const std::string_view code = codeOf(cause);
    EXPECT_EQ(std::count(code.begin(), code.end(), '.'), 1) << code;
    EXPECT_NE(code.front(), '.') << code;
    EXPECT_NE(code.back(), '.') << code;
    for (const char c : code) {
      EXPECT_TRUE((c >= 'a' && c <= 'z') || c == '.' || c == '_') << code;
    }
  }
}

TEST(CauseTable, FindsEveryCauseByItsCode) {
  for (const Cause cause : kAll) EXPECT_EQ(causeFromCode(codeOf(cause)), cause) << codeOf(cause);
}

TEST(CauseTable, FindsNothingForACodeItDoesNotKnow) {
  for (const std::string_view code : {"", "file", "file.", "FILE.EMPTY", "file.empty "}) {
    EXPECT_EQ(causeFromCode(code), std::nullopt) << code;
  }
}

TEST(CauseTable, HasAReasonInBothLanguages) {
  for (const Cause cause : kAll) {
    const std::string_view en = reasonOf(cause, Language::en), vi = reasonOf(cause, Language::vi);
    EXPECT_GE(en.size(), 10U) << codeOf(cause);
    EXPECT_GE(vi.size(), 10U) << codeOf(cause);
    EXPECT_TRUE(ascii(en)) << en;
    EXPECT_FALSE(ascii(vi)) << vi << " has no Vietnamese letter";
    EXPECT_NE(en.back(), '.') << en << ": sentences are joined to others by the caller";
    EXPECT_NE(vi.back(), '.') << vi;
  }
}

TEST(CauseTable, KeepsVietnameseInComposedForm) {
  ASSERT_NE(composed("e\xcc\x82"), "e\xcc\x82") << "the judge itself must see a decomposed letter";
  for (const Cause cause : kAll) {
    const std::string vi(reasonOf(cause, Language::vi));
    EXPECT_EQ(composed(vi), vi) << codeOf(cause);
  }
}

TEST(CauseTable, StopsTheRunForTheEnvironmentOnly) {
  EXPECT_EQ(dispositionOf(Cause::fileEmpty), Disposition::quarantine);
  EXPECT_EQ(dispositionOf(Cause::pagesGap), Disposition::hold);
  EXPECT_EQ(dispositionOf(Cause::diskFull), Disposition::stop);
  for (const Cause cause : kAll) {
    const std::string_view code = codeOf(cause);
    const std::string_view group = code.substr(0, code.find('.'));
    const std::set<std::string_view> ofInput = {"file",  "image", "manifest", "dossier",
                                                "pages", "page",  "document"};
    if (ofInput.contains(group)) {
      EXPECT_NE(dispositionOf(cause), Disposition::stop) << code;
    }
    const std::set<std::string_view> ofEnvironment = {"site", "disk", "key", "certificate",
                                                      "worker"};
    if (ofEnvironment.contains(group)) {
      EXPECT_EQ(dispositionOf(cause), Disposition::stop) << code;
    }
  }
}

TEST(Stages, HaveNamesOfTheirOwn) {
  const std::vector<Stage> all = {Stage::intake,      Stage::recognition, Stage::gate,
                                  Stage::packaging,   Stage::signing,     Stage::filing,
                                  Stage::verification};
  std::set<std::string_view> seen;
  for (const Stage stage : all) {
    EXPECT_FALSE(nameOf(stage).empty());
    EXPECT_TRUE(seen.insert(nameOf(stage)).second) << nameOf(stage);
  }
}

TEST(BatchErrors, SayCodeAndDetail) {
  const BatchError bare(Cause::diskFull);
  EXPECT_STREQ(bare.what(), "disk.full");
  const BatchError located(Cause::diskFull, "/x: No space left");
  EXPECT_STREQ(located.what(), "disk.full: /x: No space left");
  EXPECT_EQ(located.cause(), Cause::diskFull);
  EXPECT_EQ(located.detail(), "/x: No space left");
}

TEST(Results, AreAValueOrAReason) {
  const Result<int> value = 7;
  ASSERT_TRUE(value);
  EXPECT_EQ(*value, 7);
  const Result<int> reason = ItemError{Stage::intake, Cause::fileEmpty, "001.jpg", ""};
  ASSERT_FALSE(reason);
  EXPECT_EQ(reason.error().cause, Cause::fileEmpty);
  EXPECT_EQ(reason.error().item, "001.jpg");
  EXPECT_THROW(reason.value(), std::bad_variant_access)
      << "using the value unseen is a bug of ours";
  const Result<void> done;
  EXPECT_TRUE(done);
  const Result<void> undone = ItemError{Stage::filing, Cause::pagesGap, "", ""};
  ASSERT_FALSE(undone);
  EXPECT_EQ(undone.error().stage, Stage::filing);
}

}  // namespace
}  // namespace sohoa
