// hostile_bars SOHOA [SIZE [FROM [TO]]]: gives every hostile PDF of tests/signing/hostile_pdf.cpp to
// `sohoa verify`, in full size (default 1,000,000), and prints time and peak memory of each; FROM and
// TO count the cases. Build: cmake --build --preset dev --target hostile_bars. The bars: 2 s, 300 MB.

#include <fmt/core.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <fcntl.h>
#include <unistd.h>

#include <chrono>

#include "tests/signing/hostile_pdf.h"
#include "tests/support/files.h"
#include "tests/support/process.h"

int main(int argc, char** argv) {
  using namespace sohoa::test;
  if (argc < 2) return 2;
  const std::string program = argv[1];
  const std::size_t size = argc > 2 ? std::stoul(argv[2]) : 1'000'000;
  const TemporaryFolder folder;
  const std::string site = folder / "site", file = folder / "hostile.pdf";
  if (!runCommand({program, "init", site, "--demo"}).ok()) return 1;
  const int from = argc > 3 ? std::atoi(argv[3]) : 0, to = argc > 4 ? std::atoi(argv[4]) : 100'000;
  int over = 0, all = 0, number = 0;
  eachHostilePdf(size, [&](const std::string& name, const std::string& bytes) {
    if (++number < from || number > to) return;
    spill(file, bytes);
    const auto start = std::chrono::steady_clock::now();
    const pid_t child = ::fork();
    if (child == 0) {
      const int nothing = ::open("/dev/null", O_WRONLY);
      ::dup2(nothing, 1), ::dup2(nothing, 2);
      ::execl(program.c_str(), program.c_str(), "--site", site.c_str(), "verify", file.c_str(),
              static_cast<char*>(nullptr));
      ::_exit(127);
    }
    int status = 0;
    rusage used{};
    ::wait4(child, &status, 0, &used);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    const bool answered = WIFEXITED(status) && WEXITSTATUS(status) == 3;
    const bool held = answered && took.count() < 2 && used.ru_maxrss < 300 * 1024;
    fmt::print("{} {:5.2f} s {:5} MB  {:6} kB  {}\n", held ? "    " : "OVER", took.count(),
               used.ru_maxrss / 1024, bytes.size() / 1024, name);
    std::fflush(stdout);
    over += held ? 0 : 1;
    ++all;
  });
  fmt::print("{} of {} within the bars\n", all - over, all);
  return over == 0 ? 0 : 1;
}
