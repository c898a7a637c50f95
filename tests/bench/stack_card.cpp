// Generates stacks with separator sheets, divides each by what is seen on its pages, and compares
// with the truth. `stack_card FIRST LAST` does stacks FIRST to LAST (one seed each); the bar is 1
// 500. Every tenth stack is damaged: a code torn, a sheet missing or illegible, a page lost.
#include <fmt/core.h>

#include <chrono>
#include <cstdlib>
#include <map>
#include <random>

#include "ocr/image/decode.h"
#include "pipeline/batch/stack_plan.h"
#include "tests/support/stack_pages.h"

namespace {

using namespace sohoa;
using test::StackPageLook;

struct Page {
  StackPageLook look;
  int dossier = 0;     ///< to which it belongs
  bool sheet = false;  ///< a separator sheet or its back
};

struct Stack {
  std::vector<Page> pages;
  std::string damage;  ///< empty: none
};

std::string codeOf(int dossier) { return fmt::format("000.00.12.H46-210910-{:04}", dossier + 1); }

Stack makeStack(int seed) {
  std::mt19937 random(static_cast<unsigned>(seed));
  const auto below = [&](int most) {
    return static_cast<int>(random() % static_cast<unsigned>(most));
  };
  const auto within = [&](double least, double most) {
    return least + (most - least) * static_cast<double>(random()) / 4294967295.0;
  };
  Stack stack;
  const bool duplex = below(2) == 0, declared = below(10) < 7;
  const int dossiers = 2 + below(5), dpi = below(6) == 0 ? 300 : 200;
  const double noise = within(2, below(4) == 0 ? 20 : 8), skew = below(5) == 0 ? 7 : 2.5;
  const double printed = within(0.93, 1.0);
  const auto add = [&](StackPageLook look, int dossier, bool sheet) {
    look.seed = static_cast<int>(random() >> 4);
    look.dpi = dpi;
    look.noise = noise;
    look.skewDegrees = within(-skew, skew);
    look.upsideDown = below(10) == 0;
    stack.pages.push_back({look, dossier, sheet});
  };
  const int damaged = seed % 10 == 0 ? below(dossiers) : -1;
  const int how = below(5);
  for (int d = 0; d < dossiers; ++d) {
    const int pages = 1 + below(5);
    StackPageLook look;
    look.kind = StackPageLook::Kind::sheet;
    look.sheet = {codeOf(d), d + 1, dossiers, declared ? pages : 0, "SERIES"};
    look.scale = printed;
    look.sealNearCode = below(4) == 0;
    look.darkness = within(0.75, 1);
    const bool hit = d == damaged;
    if (hit && how == 0) look.tornCode = within(0.35, 0.9), stack.damage = "code torn";
    if (hit && how == 1)
      look.tornCode = 1, look.hiddenMarks = true, stack.damage = "sheet illegible";
    if (hit && how == 3) look.hiddenMarks = true, stack.damage = "marks gone";
    if (hit && how == 2) stack.damage = "sheet missing";
    const bool missing = hit && how == 2;
    StackPageLook back;
    back.kind = StackPageLook::Kind::blank;
    if (below(3) == 0) back.showThrough = within(0, 0.15);
    back.sheet = look.sheet;
    if (!missing) add(look, d, true);
    if (!missing && duplex) add(back, d, true);
    const bool lost = hit && how == 4 && declared;
    if (lost) stack.damage = "page lost";
    for (int i = lost ? 1 : 0; i < pages; ++i) {
      StackPageLook content;
      if (i == 0 && below(2) == 0)
        content.payload = "https://dichvucong.quangbinh.gov.vn/tra-cuu?ma=" + codeOf(d);
      add(content, d, false);
    }
    StackPageLook blank;
    blank.kind = StackPageLook::Kind::blank;
    const int fronts = lost ? pages - 1 : pages;
    if (duplex && fronts % 2 != 0) add(blank, d, false);
  }
  return stack;
}

PageImage imageOf(const StackPageLook& look) {
  PageImage image;
  image.bytes = test::stackPage(look);
  image.width = static_cast<int>(210 * look.dpi / 25.4);
  image.height = static_cast<int>(297 * look.dpi / 25.4);
  image.xDpi = image.yDpi = look.dpi;
  return image;
}

}  // namespace

int main(int argc, char** argv) {
  const int first = argc > 1 ? std::atoi(argv[1]) : 1, last = argc > 2 ? std::atoi(argv[2]) : 500;
  using Clock = std::chrono::steady_clock;
  int pagesInAll = 0, divided = 0, heldDamaged = 0, heldSound = 0, wrongPages = 0, wrongStacks = 0;
  double all = 0, decoding = 0, slowest = 0;
  std::map<std::string, int> causes;
  for (int seed = first; seed <= last; ++seed) {
    const Stack stack = makeStack(seed);
    std::vector<StackPage> pages;
    for (const Page& page : stack.pages) {
      const PageImage image = imageOf(page.look);
      const auto start = Clock::now();
      const auto signs = findSigns(image);
      const auto middle = Clock::now();
      (void)decodePage(image, 150);
      const double whole = std::chrono::duration<double, std::milli>(middle - start).count();
      const double decode =
          std::chrono::duration<double, std::milli>(Clock::now() - middle).count();
      all += whole, decoding += decode;
      slowest = std::max(slowest, whole - decode);
      StackPage& one = pages.emplace_back();
      one.file = "stack.tif";
      one.index = static_cast<int>(pages.size()) - 1;
      if (signs) one.signs = *signs;
    }
    pagesInAll += static_cast<int>(pages.size());
    const StackPlan plan = planStack(pages, [](const std::string&) { return true; });
    if (!plan.problems.empty()) {
      (stack.damage.empty() ? heldSound : heldDamaged) += 1;
      ++causes[std::string(codeOf(plan.problems.front().cause))];
      if (stack.damage.empty()) {
        const ItemError& problem = plan.problems.front();
        fmt::print("stack {}: sound, held: {} page {}, {}\n", seed, codeOf(problem.cause),
                   problem.item, problem.detail);
        const auto at = static_cast<std::size_t>(std::atoi(problem.item.c_str())) - 1;
        if (at < pages.size() && pages[at].signs) {
          const StackPageLook& look = stack.pages[at].look;
          const PageSigns& signs = *pages[at].signs;
          fmt::print(
              "  kind {} dpi {} skew {:.1f} noise {:.1f} scale {:.2f} darkness {:.2f} seal {} "
              "through {:.2f}: "
              "codes {} damaged {} marks {} blank {} ink {:.4f}\n",
              static_cast<int>(look.kind), look.dpi, look.skewDegrees, look.noise, look.scale,
              look.darkness, look.sealNearCode, look.showThrough, signs.codes.size(),
              signs.damagedCode, signs.marks, signs.blank, signs.inkShare);
        }
      }
      continue;
    }
    ++divided;
    int wrong = 0;
    std::size_t placed = 0;
    for (const StackPart& part : plan.parts) {
      placed += part.pages.size() + part.sheets.size();
      for (const int page : part.pages) {
        const Page& truth = stack.pages[static_cast<std::size_t>(page - 1)];
        wrong += truth.sheet || codeOf(truth.dossier) != part.code ? 1 : 0;
      }
      for (const int page : part.sheets)
        wrong += stack.pages[static_cast<std::size_t>(page - 1)].sheet ? 0 : 1;
    }
    if (placed != stack.pages.size()) ++wrong;
    if (wrong > 0) {
      ++wrongStacks;
      wrongPages += wrong;
      fmt::print("stack {}: {} WRONG ({})\n", seed, wrong, stack.damage);
    } else if (!stack.damage.empty()) {
      fmt::print("stack {}: damaged ({}), divided rightly\n", seed, stack.damage);
    }
  }
  fmt::print(
      "{} stacks, {} pages: {} divided, {} damaged held, {} sound held; {} pages in a wrong place "
      "in {} stacks\n",
      last - first + 1, pagesInAll, divided, heldDamaged, heldSound, wrongPages, wrongStacks);
  for (const auto& [cause, count] : causes) fmt::print("  {} {}\n", cause, count);
  fmt::print(
      "a page: {:.1f} ms, of which decoding {:.1f} ms; detection {:.1f} ms, slowest {:.1f} ms\n",
      all / pagesInAll, decoding / pagesInAll, (all - decoding) / pagesInAll, slowest);
  return wrongPages == 0 ? 0 : 1;
}
