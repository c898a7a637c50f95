#include "pipeline/batch/batch.h"

#include <gtest/gtest.h>

#include "tests/pipeline/sample_batch.h"

namespace sohoa {
namespace {

Batch sample() {
  return {"lô~2",
          "lô",
          *parseIsoTime("2021-09-10T15:30:20Z"),
          false,
          {test::sampleItem(), test::badItem()}};
}

TEST(BatchRecord, ComesBackAsItWasWritten) {
  const Batch batch = sample(), back = batchFromJson(toJson(batch));
  EXPECT_EQ(back.id, batch.id);
  EXPECT_EQ(back.folder, batch.folder);
  EXPECT_EQ(back.receivedAt, batch.receivedAt);
  ASSERT_EQ(back.items.size(), 2u);
  EXPECT_EQ(toJson(back), toJson(batch));
}

TEST(BatchRecord, IsTheSameTextForTheSameBatch) { EXPECT_EQ(toJson(sample()), toJson(sample())); }

TEST(BatchRecord, ThatIsDamagedIsAFaultOfTheDisk) {
  const std::string whole = toJson(sample());
  std::string without = whole;
  without.replace(without.find("received_at"), 11, "received_an");
  std::string noTime = whole;
  noTime.replace(noTime.find("2021-09-10T"), 11, "2021-99-99T");
  for (const std::string& text :
       {std::string(), whole.substr(0, whole.size() / 2), without, noTime, std::string("[]")}) {
    try {
      (void)batchFromJson(text);
      ADD_FAILURE() << "accepted: " << text.substr(0, 100);
    } catch (const BatchError& error) {
      EXPECT_EQ(error.cause(), Cause::diskError);
    }
  }
}

TEST(BatchItem, CountsThePagesOfAllItsFiles) {
  EXPECT_EQ(test::sampleItem().pageCount(), 5);
  EXPECT_EQ(test::badItem().pageCount(), 0);
}

}  // namespace
}  // namespace sohoa
