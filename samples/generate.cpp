// Renders sample dossiers with ground truth; samples/README.md explains what and why.

#include <cstdio>
#include <exception>
#include <filesystem>
#include <stdexcept>
#include <string>

#include "samples/containers.h"
#include "samples/output.h"
#include "samples/register.h"
#include "samples/sets.h"

namespace {

using namespace sohoa::samples;

constexpr const char* kUsage =
    "usage: sohoa_generate --out DIR [--set mixed|committed|bench|golden|documents]\n"
    "                      [--seed N]\n"
    "                      [--dossiers N] [--pages-per-condition N] [--batch NAME]\n"
    "  mixed      any number of dossiers of every kind, condition and file format (default)\n"
    "  committed  the set in samples/ (seed 2021)\n"
    "  bench      stamped, skewed, noisy 300-dpi JPEG pages, 2 or 3 a dossier\n"
    "  golden     one dossier a condition, N pages each\n"
    "  documents  dossiers of several documents: results, processing documents, components\n";

struct Arguments {
  SetOptions set;
  std::filesystem::path out;
};

Arguments parse(int count, char** values) {
  Arguments arguments;
  bool seeded = false;
  for (int i = 1; i < count; ++i) {
    const std::string name = values[i];
    if (name == "--help") {
      throw std::invalid_argument("");
    }
    if (i + 1 == count) {
      throw std::invalid_argument(name + " needs a value");
    }
    const std::string value = values[++i];
    if (name == "--out") {
      arguments.out = value;
    } else if (name == "--set") {
      arguments.set.set = value;
    } else if (name == "--seed") {
      arguments.set.seed = std::stoull(value);
      seeded = true;
    } else if (name == "--dossiers") {
      arguments.set.dossiers = std::stoi(value);
    } else if (name == "--pages-per-condition") {
      arguments.set.pagesPerCondition = std::stoi(value);
    } else if (name == "--batch") {
      arguments.set.batch = value;
    } else {
      throw std::invalid_argument("unknown option " + name);
    }
  }
  if (arguments.out.empty()) {
    throw std::invalid_argument("--out is missing");
  }
  if (arguments.set.set == "committed" && !seeded) {
    arguments.set.seed = 2021;
  }
  return arguments;
}

}  // namespace

int main(int count, char** values) {
  Arguments arguments;
  try {
    arguments = parse(count, values);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n%s", error.what(), kUsage);
    return 2;
  }
  try {
    const Typesetter typesetter;
    const auto dossiers = makeSet(arguments.set, typesetter);
    const std::string batch = batchOf(arguments.set);
    const Random random(arguments.set.seed);
    std::size_t sides = 0;
    for (const Dossier& dossier : dossiers) {
      sides += writeDossier(dossier, arguments.out, batch, random.fork(dossier.code));
    }
    const int others = static_cast<int>(dossiers.size()) * 4 + 12;
    writeFile(arguments.out / "register.csv",
              registerOf(dossiers, others, random.fork("register")));
    // The marker comes last: a batch without it is still being written.
    writeFile(arguments.out / "intake" / batch / ".done", std::string());
    std::printf("%zu dossiers, %zu pages in %s\n", dossiers.size(), sides, arguments.out.c_str());
  } catch (const std::exception& error) {
    std::fprintf(stderr, "sohoa_generate: %s\n", error.what());
    return 1;
  }
  return 0;
}
