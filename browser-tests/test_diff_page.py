"""What a reader does with the page of a comparison. Nothing may reach for the network or complain (see conftest)."""

import re


def column(page, field):
    return [text.strip() for text in page.locator(f".tabulator-cell[tabulator-field={field}]").all_inner_texts()]


def test_the_page_says_what_changed(open_diff):
    page = open_diff()
    assert page.locator("h1").inner_text() == "What changed"
    assert page.locator(".figure .value").count() == 4
    assert page.locator("section[aria-labelledby=found] .sentence").count() > 0
    flips = page.locator(".flips td[class*=tone-]").all_inner_texts()
    assert sum(int(text.replace(",", "")) for text in flips) == int(page.locator(".figure .value").last.inner_text())


def test_classes_sort_from_the_keyboard(open_diff):
    page = open_diff()
    heading = page.locator(".tabulator-col[tabulator-field=r] .sorter")
    heading.focus()
    page.keyboard.press("Enter")
    differences = [float(re.search(r": ([+-]?[0-9.]+)", text)[1]) for text in column(page, "r")]
    assert len(differences) > 1
    assert differences == sorted(differences)


def test_both_overlays_of_every_image_are_there(open_diff):
    page = open_diff()
    changes = page.locator("article.change")
    assert changes.count() > 0
    for image in page.locator("article.change img").all():
        image.scroll_into_view_if_needed()
        assert image.get_attribute("alt").startswith("Overlay ")
        page.wait_for_function("i => i.complete && i.naturalWidth > 0", arg=image.element_handle())
    assert page.locator("article.change img").count() == 2 * changes.count()


def test_a_phone_shows_it_without_scrolling_sideways(open_diff):
    page = open_diff(viewport={"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
