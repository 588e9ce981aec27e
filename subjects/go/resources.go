package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
)

const itemCount = 10

type item struct {
	ID   int    `json:"id"`
	Name string `json:"name"`
}

// newResources is the HTTP API of the plugin. Whatever it does not name is 404, or 405 when only the method is wrong.
func newResources() *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /items", listItems)
	mux.HandleFunc("POST /echo", echo)
	return mux
}

// listItems answers with the first `limit` items, or all of them without a limit.
func listItems(w http.ResponseWriter, r *http.Request) {
	limit := itemCount
	if text := r.URL.Query().Get("limit"); text != "" {
		wanted, err := strconv.Atoi(text)
		if err != nil || wanted < 0 {
			http.Error(w, fmt.Sprintf("limit must be a number from 0, got %q", text), http.StatusBadRequest)
			return
		}
		limit = min(wanted, itemCount)
	}
	items := make([]item, limit)
	for i := range items {
		items[i] = item{ID: i + 1, Name: fmt.Sprintf("Item %d", i+1)}
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(items) // the writer buffers in memory and can not fail
}

// echo answers with the body that it got, under the same Content-Type.
func echo(w http.ResponseWriter, r *http.Request) {
	contentType := r.Header.Get("Content-Type")
	if contentType == "" {
		contentType = "application/octet-stream"
	}
	w.Header().Set("Content-Type", contentType)
	w.WriteHeader(http.StatusOK)
	if r.Body != nil {
		_, _ = io.Copy(w, r.Body) // both ends are memory
	}
}
