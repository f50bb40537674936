"""Finished readings and figures in; terminal cards, one-file pages, spreadsheets and charts out, in English or Filipino."""
