#include "pipeline/batch/batch_json.h"
#include "core/bytes/hex.h"

#include <gtest/gtest.h>

#include "tests/pipeline/sample_batch.h"

namespace sohoa {
namespace {

TEST(Wire, CarriesAnItemWithAllItsFiles) {
  const IntakeItem item = test::sampleItem(), back = wire::intakeItemFrom(wire::write(item));
  EXPECT_EQ(back.folder, item.folder);
  EXPECT_EQ(back.code, item.code);
  EXPECT_FALSE(back.problem);
  ASSERT_EQ(back.files.size(), 2u);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(back.files[i].original, item.files[i].original);
    EXPECT_EQ(back.files[i].kind, item.files[i].kind);
    EXPECT_EQ(back.files[i].alreadySigned, item.files[i].alreadySigned);
    ASSERT_EQ(back.files[i].pages.size(), item.files[i].pages.size());
  }
  const IncomingPage &page = back.files[0].pages[1], &other = back.files[0].pages[0];
  EXPECT_EQ(page.width, 1240);
  EXPECT_EQ(page.height, 1754);
  EXPECT_TRUE(page.dpiAssumed);
  EXPECT_EQ(other.yDpi, 299.5);
}

TEST(Wire, CarriesNamesOfAnyBytes) {
  const IntakeItem item = test::badItem(), back = wire::intakeItemFrom(wire::write(item));
  EXPECT_EQ(back.folder, item.folder);
  ASSERT_TRUE(back.problem);
  EXPECT_EQ(back.problem->cause, Cause::dossierCode);
  EXPECT_EQ(back.problem->item, "tên");
  EXPECT_EQ(back.problem->detail, "vì");
  EXPECT_NO_THROW(wire::write(item).dump());  // UTF-8 throughout
}

TEST(Wire, CarriesEveryCause) {
  for (const char* code : {"file.empty", "page.timeout", "disk.full"}) {
    ItemError error{Stage::signing, *causeFromCode(code), "a", "b"};
    const ItemError back = wire::itemErrorFrom(wire::write(error));
    EXPECT_EQ(back.stage, Stage::signing);
    EXPECT_EQ(codeOf(back.cause), code);
  }
}

TEST(Wire, RefusesWhatItDidNotWrite) {
  auto error = wire::write(ItemError{});
  error["cause"] = "no.such_cause";
  EXPECT_THROW(wire::itemErrorFrom(error), nlohmann::json::exception);
  auto file = wire::write(test::sampleItem().files[0]);
  file["kind"] = "gif";
  EXPECT_THROW(wire::intakeFileFrom(file), nlohmann::json::exception);
  file["kind"] = "tiff";
  file["sha512"] = "abc";
  EXPECT_THROW(wire::intakeFileFrom(file), nlohmann::json::exception);
  EXPECT_THROW(wire::intakeItemFrom(nlohmann::json::object()), nlohmann::json::exception);
}

TEST(HexBytes, ComeBack) {
  std::string all;
  for (int c = 0; c < 256; ++c) all += static_cast<char>(c);
  EXPECT_EQ(bytesFromHex(hexOf(all)), all);
  EXPECT_EQ(hexOf("\x0F\xF0"), "0ff0");
  EXPECT_EQ(bytesFromHex(""), "");
}

}  // namespace
}  // namespace sohoa
