// Charts are drawn from the table beside them: the table is what a screen reader reads and what "show as table" shows.
const PLOT_HEIGHT = 196;
const LABEL_HEIGHT = 15;

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

function number(cell) {
  return Number(cell.dataset.value);
}

function tip(title, lines) {
  const box = document.createElement("div");
  const head = document.createElement("b");
  head.textContent = title;
  box.className = "chart-tip";
  box.append(head);
  for (const line of lines) {
    const row = document.createElement("div");
    row.textContent = line;
    box.append(row);
  }
  return box;
}

// Labels at the ends of lines that meet must not lie on each other: how far each moves, in pixels.
function labelShifts(columns) {
  const most = Math.max(1, ...columns.flat());
  const places = columns
    .map((values, i) => ({ i, at: PLOT_HEIGHT * (1 - values[values.length - 1] / most) }))
    .sort((a, b) => a.at - b.at || a.i - b.i);
  const wanted = places.map((place) => place.at);
  for (let k = places.length - 2; k >= 0; k--) {
    wanted[k] = Math.min(wanted[k], wanted[k + 1] - LABEL_HEIGHT);
  }
  for (let k = 1; k < places.length; k++) {
    wanted[k] = Math.max(wanted[k], wanted[k - 1] + LABEL_HEIGHT);
  }
  const shifts = [];
  places.forEach((place, k) => (shifts[place.i] = wanted[k] - place.at));
  return shifts;
}

// The last hour is not over: a band says so, else its lines look like a fall.
function unfinished(hours, words) {
  const inset = { color: colour("muted"), fontSize: 12, position: "top" };
  return {
    silent: true,
    itemStyle: { color: colour("sunken") },
    label: { show: true, formatter: words, ...inset },
    data: [[{ xAxis: hours[hours.length - 2] }, { xAxis: hours[hours.length - 1] }]],
  };
}

function trendOption(table) {
  const names = [...table.tHead.rows[0].cells].slice(1).map((cell) => cell.textContent);
  const rows = [...table.tBodies[0].rows];
  const hours = rows.map((row) => row.cells[0].textContent.trim());
  const colours = [colour("green"), colour("red"), colour("grey")];
  const shifts = labelShifts(names.map((_, i) => rows.map((row) => number(row.cells[i + 1]))));
  const series = names.map((name, i) => ({
    name,
    type: "line",
    data: rows.map((row) => number(row.cells[i + 1])),
    showSymbol: false,
    symbolSize: 6,
    lineStyle: { width: 1.5, type: i === 2 ? "dashed" : "solid" },
    itemStyle: { color: colours[i] },
    emphasis: { disabled: true },
    endLabel: { show: true, formatter: "{a}", color: colours[i], fontSize: 12, offset: [0, shifts[i]] },
  }));
  if (hours.length > 1) {
    series[0].markArea = unfinished(hours, table.dataset.unfinished);
  }
  return {
    animation: false,
    grid: { left: 48, right: 88, top: 28, bottom: 28 },
    xAxis: {
      type: "category",
      data: hours,
      boundaryGap: false,
      axisLine: { lineStyle: { color: colour("line-strong") } },
      axisTick: { show: false },
      axisLabel: { color: colour("muted"), hideOverlap: true },
    },
    yAxis: {
      type: "value",
      minInterval: 1,
      splitLine: { lineStyle: { color: colour("line") } },
      axisLabel: { color: colour("muted") },
    },
    tooltip: {
      trigger: "axis",
      backgroundColor: "transparent",
      borderWidth: 0,
      padding: 0,
      axisPointer: { type: "line", lineStyle: { color: colour("muted"), type: "solid" } },
      formatter: (points) =>
        tip(
          rows[points[0].dataIndex].dataset.title,
          points.map((p) => `${p.seriesName} ${p.value.toLocaleString()}`),
        ),
    },
    series,
  };
}

function ringOption(list) {
  const parts = [...list.querySelectorAll("[data-value]")];
  return {
    animation: false,
    title: {
      text: list.dataset.total,
      subtext: list.dataset.totalName,
      left: "center",
      top: "34%",
      itemGap: 2,
      textStyle: { color: colour("text"), fontSize: 24, fontWeight: 600 },
      subtextStyle: { color: colour("muted"), fontSize: 12 },
    },
    series: [
      {
        type: "pie",
        radius: ["72%", "92%"],
        label: { show: false },
        emphasis: { scale: false },
        itemStyle: { borderColor: colour("surface"), borderWidth: 2 },
        data: parts.map((part) => ({
          name: part.dataset.name,
          value: Number(part.dataset.value),
          itemStyle: { color: colour(part.dataset.colour) },
        })),
      },
    ],
  };
}

function draw(element) {
  // Asked for again each time: a live page replaces it.
  const source = () => document.getElementById(element.dataset.source);
  const chart = window.echarts.init(element, null, { renderer: "canvas" });
  const trend = element.dataset.chart === "trend";
  const paint = () => chart.setOption(trend ? trendOption(source()) : ringOption(source()), true);
  paint();
  document.addEventListener("oasis:part", (event) => {
    if (event.target.contains(source())) {
      paint();
    }
  });
  if (trend) {
    chart.getZr().on("click", (event) => {
      const [index] = chart.convertFromPixel({ seriesIndex: 0 }, [event.offsetX, event.offsetY]);
      const href = source().tBodies[0].rows[Math.round(index)]?.dataset.href;
      if (href) {
        location.assign(href);
      }
    });
  }
  new ResizeObserver(() => chart.resize()).observe(element);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
}

function startTableSwitch() {
  for (const button of document.querySelectorAll("[data-show-table]")) {
    button.addEventListener("click", () => {
      const chart = document.getElementById(button.dataset.showTable);
      const table = document.getElementById(chart.dataset.table);
      const showTable = table.hidden;
      table.hidden = !showTable;
      chart.hidden = showTable;
      button.textContent = showTable ? button.dataset.chartWord : button.dataset.tableWord;
    });
  }
}

export function startCharts() {
  startTableSwitch();
  if (window.echarts) {
    document.querySelectorAll("[data-chart]").forEach(draw);
  }
}
