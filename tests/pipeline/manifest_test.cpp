#include "pipeline/intake/manifest.h"

#include <gtest/gtest.h>

#include "tests/support/files.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;
using test::spill;

const std::string kDossier = "H46-210901-0001";

std::string line(const std::string& bytes, const std::string& name,
                 const std::string& between = "  ") {
  return sha512(bytes).hex() + between + name + "\n";
}

class ManifestOf : public testing::Test {
 protected:
  void write(const std::string& text) const { spill(folder_ / "manifest-sha512.txt", text); }
  /// Writes the file and gives its entry as intake would.
  IntakeFile add(const std::string& name, const std::string& bytes) const {
    spill(folder_ / kDossier / name, bytes);
    IntakeFile file;
    file.original = {name, bytes.size(), sha512(bytes), 1, false, {}};
    return file;
  }
  std::optional<Cause> judge(std::vector<IntakeFile> files) const {
    IntakeItem item{kDossier, kDossier, std::move(files), {}};
    const auto problem = checkAgainst(readManifest(folder_.path()), item);
    return problem ? std::optional(problem->cause) : std::nullopt;
  }
  test::TemporaryFolder folder_;
};

TEST_F(ManifestOf, ABatchWithoutOneChecksNothing) {
  EXPECT_FALSE(readManifest(folder_.path()).present);
  EXPECT_EQ(judge({add("1.jpg", "a")}), std::nullopt);
  EXPECT_FALSE(manifestIsComplete(folder_.path()));
}

TEST_F(ManifestOf, ADossierAsItCameIsInOrder) {
  const auto one = add("1.jpg", "a"), two = add("2.jpg", "b");
  write(line("a", kDossier + "/1.jpg") + line("b", kDossier + "/2.jpg", " *"));
  EXPECT_TRUE(manifestIsComplete(folder_.path()));
  EXPECT_EQ(judge({one, two}), std::nullopt);
}

TEST_F(ManifestOf, ReadsWhatOtherToolsWrite) {
  const auto one = add("1.jpg", "a");
  std::string dos = line("a", "./" + kDossier + "/1.jpg");
  dos.insert(dos.size() - 1, "\r");
  write("# made by a scanner\n\n" + dos + line("t", kDossier + "/Thumbs.db") + line("", ".done"));
  EXPECT_EQ(readManifest(folder_.path()).files.size(), 1u);
  EXPECT_EQ(judge({one}), std::nullopt);
}

TEST_F(ManifestOf, OtherContentIsAMismatch) {
  const auto one = add("1.jpg", "a");
  write(line("b", kDossier + "/1.jpg"));
  EXPECT_EQ(judge({one}), Cause::manifestMismatch);
}

TEST_F(ManifestOf, AFileTooFewOrTooManyIsMissing) {
  const auto one = add("1.jpg", "a"), two = add("2.jpg", "b");
  write(line("a", kDossier + "/1.jpg") + line("b", kDossier + "/2.jpg"));
  EXPECT_EQ(judge({one}), Cause::manifestMissing);
  EXPECT_EQ(judge({two}), Cause::manifestMissing);
  write(line("a", kDossier + "/1.jpg"));
  EXPECT_EQ(judge({one, two}), Cause::manifestMissing);
  write("nonsense\n");
  EXPECT_EQ(judge({one}), Cause::manifestMissing);
}

TEST_F(ManifestOf, DossiersWithASimilarNameAreNotMixedUp) {
  const auto one = add("1.jpg", "a");
  write(line("a", kDossier + "/1.jpg") + line("b", kDossier + "-2/1.jpg") +
        line("c", kDossier + "0/1.jpg"));
  EXPECT_EQ(judge({one}), std::nullopt);
}

TEST_F(ManifestOf, ABatchStillBeingWrittenIsNotComplete) {
  add("1.jpg", "a");
  const std::string whole = line("a", kDossier + "/1.jpg");
  write(whole.substr(0, whole.size() - 1));  // the writer has not come to the line's end
  EXPECT_FALSE(manifestIsComplete(folder_.path()));
  write("");
  EXPECT_FALSE(manifestIsComplete(folder_.path()));
  write(whole + line("b", kDossier + "/2.jpg"));
  EXPECT_FALSE(manifestIsComplete(folder_.path()));
  write(whole);
  EXPECT_TRUE(manifestIsComplete(folder_.path()));
  const fs::path file = folder_ / kDossier / "1.jpg";
  fs::last_write_time(file, fs::last_write_time(file) + std::chrono::seconds(10));
  EXPECT_FALSE(manifestIsComplete(folder_.path()));  // written after the manifest
}

}  // namespace
}  // namespace sohoa
